-- The mails of one ticket to one address leave one after the other.
CREATE INDEX outbox_waiting_of_ticket ON outbox (ticket_id, id) WHERE state = 'waiting';

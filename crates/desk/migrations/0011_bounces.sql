-- What came back of what we sent: shown on the message that bounced. `proved`: the report named a mail of ours and the address
-- that it went to.
CREATE TABLE bounces (
    id {integer} PRIMARY KEY,
    message_id {integer} NOT NULL REFERENCES messages (id),
    recipient TEXT,
    status TEXT,
    hard {boolean} NOT NULL,
    delayed {boolean} NOT NULL,
    proved {boolean} NOT NULL,
    reason TEXT,
    received_at {integer} NOT NULL
){strict};
CREATE INDEX bounces_by_message ON bounces (message_id, id);

-- How many automatic mails an address got lately: answers to machines end there.
CREATE INDEX messages_automatic_by_recipient ON messages (recipient, created_at) WHERE kind = 'automatic';

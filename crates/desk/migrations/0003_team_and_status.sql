-- A team's open tickets, newest first: by the team alone, closed ones would be passed by one after the other.
CREATE INDEX tickets_by_team_and_status ON tickets (team, status, updated_at, id);

-- What a run remembers of its way beside state, fields and timers: one JSON object, read and written by the interpreter.
ALTER TABLE runs ADD COLUMN memory TEXT NOT NULL DEFAULT '{}';

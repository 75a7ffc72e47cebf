CREATE TABLE seminar (
	digest INTEGER NOT NULL DEFAULT 0,
	book VARCHAR NOT NULL,
	seminar VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	student VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	round INTEGER NOT NULL,
	number INTEGER NOT NULL,
	made VARCHAR NOT NULL,
	sequence INTEGER NOT NULL,
	PRIMARY KEY (book, seminar)
);

CREATE INDEX ix_seminar_sequence ON seminar (sequence);

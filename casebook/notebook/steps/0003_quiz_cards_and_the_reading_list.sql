CREATE TABLE quiz_card (
	digest INTEGER NOT NULL DEFAULT 0,
	book VARCHAR NOT NULL,
	entry VARCHAR NOT NULL,
	framework VARCHAR NOT NULL,
	criterion VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	box INTEGER NOT NULL,
	asked INTEGER NOT NULL,
	missed INTEGER NOT NULL,
	rating VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	answered VARCHAR NOT NULL,
	sequence INTEGER NOT NULL,
	PRIMARY KEY (book, entry, framework, criterion),
	CONSTRAINT rating_is_known CHECK (rating IN ('met', 'partly', 'not met', 'silent'))
);

CREATE INDEX ix_quiz_card_sequence ON quiz_card (sequence);

CREATE TABLE reading_list (
	digest INTEGER NOT NULL DEFAULT 0,
	book VARCHAR NOT NULL,
	entry VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	created VARCHAR NOT NULL,
	sequence INTEGER NOT NULL,
	PRIMARY KEY (book, entry)
);

CREATE INDEX ix_reading_list_sequence ON reading_list (sequence);

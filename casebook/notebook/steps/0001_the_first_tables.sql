CREATE TABLE bookmark (
	id INTEGER NOT NULL,
	sequence INTEGER NOT NULL,
	book VARCHAR NOT NULL,
	entry VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	created VARCHAR NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (book, entry)
);

CREATE INDEX ix_bookmark_sequence ON bookmark (sequence);

CREATE TABLE change (
	id INTEGER NOT NULL,
	writer VARCHAR NOT NULL,
	made VARCHAR NOT NULL,
	words VARCHAR NOT NULL,
	touched VARCHAR NOT NULL,
	is_undone BOOLEAN NOT NULL,
	PRIMARY KEY (id)
);

CREATE TABLE draft (
	name VARCHAR NOT NULL,
	target VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	changed VARCHAR NOT NULL,
	PRIMARY KEY (name)
);

CREATE TABLE kept (
	book VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	PRIMARY KEY (book, name)
);

CREATE TABLE note (
	id INTEGER NOT NULL,
	uid VARCHAR NOT NULL,
	sequence INTEGER NOT NULL,
	book VARCHAR NOT NULL,
	entry VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	place VARCHAR NOT NULL,
	quote VARCHAR NOT NULL,
	prefix VARCHAR NOT NULL,
	suffix VARCHAR NOT NULL,
	context VARCHAR NOT NULL,
	citations VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	created VARCHAR NOT NULL,
	changed VARCHAR NOT NULL,
	version INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT kind_is_known CHECK (kind IN ('entry', 'passage', 'event', 'cell')),
	UNIQUE (uid)
);

CREATE INDEX ix_note_entry ON note (entry);

CREATE INDEX ix_note_sequence ON note (sequence);

CREATE TABLE notebook (
	id INTEGER NOT NULL,
	uid VARCHAR NOT NULL,
	created VARCHAR NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT one_row CHECK (id = 1)
);

CREATE TABLE prediction (
	id INTEGER NOT NULL,
	sequence INTEGER NOT NULL,
	book VARCHAR NOT NULL,
	entry VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	framework VARCHAR NOT NULL,
	criterion VARCHAR NOT NULL,
	rating VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	created VARCHAR NOT NULL,
	changed VARCHAR NOT NULL,
	revealed VARCHAR NOT NULL,
	version INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT rating_is_known CHECK (rating IN ('met', 'partly', 'not met', 'silent')),
	UNIQUE (book, entry, framework, criterion)
);

CREATE INDEX ix_prediction_sequence ON prediction (sequence);

CREATE TABLE reading (
	book VARCHAR NOT NULL,
	entry VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	place VARCHAR NOT NULL,
	line INTEGER NOT NULL,
	share FLOAT NOT NULL,
	is_read BOOLEAN NOT NULL,
	opened VARCHAR NOT NULL,
	sequence INTEGER NOT NULL,
	visits INTEGER NOT NULL,
	PRIMARY KEY (book, entry)
);

CREATE INDEX ix_reading_sequence ON reading (sequence);

CREATE TABLE saved_view (
	id INTEGER NOT NULL,
	uid VARCHAR NOT NULL,
	sequence INTEGER NOT NULL,
	book VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	entries VARCHAR NOT NULL,
	framework VARCHAR NOT NULL,
	filters VARCHAR NOT NULL,
	created VARCHAR NOT NULL,
	changed VARCHAR NOT NULL,
	version INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT kind_is_known CHECK (kind IN ('comparison', 'timeline')),
	UNIQUE (book, kind, name),
	UNIQUE (uid)
);

CREATE INDEX ix_saved_view_sequence ON saved_view (sequence);

CREATE TABLE search (
	book VARCHAR NOT NULL,
	words VARCHAR NOT NULL,
	made VARCHAR NOT NULL,
	sequence INTEGER NOT NULL,
	PRIMARY KEY (book, words)
);

CREATE INDEX ix_search_sequence ON search (sequence);

CREATE TABLE tag (
	id INTEGER NOT NULL,
	sequence INTEGER NOT NULL,
	book VARCHAR NOT NULL,
	entry VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	created VARCHAR NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (book, entry, name)
);

CREATE INDEX ix_tag_sequence ON tag (sequence);


CREATE TABLE basket (
	digest INTEGER DEFAULT 0 NOT NULL,
	id INTEGER NOT NULL,
	uid VARCHAR NOT NULL,
	sequence INTEGER NOT NULL,
	position INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	book VARCHAR NOT NULL,
	entry VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
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
	CONSTRAINT kind_is_known CHECK (kind IN ('heading', 'text', 'statement', 'rating', 'event', 'figure', 'note', 'reference')),
	UNIQUE (uid)
);

CREATE INDEX ix_basket_sequence ON basket (sequence);

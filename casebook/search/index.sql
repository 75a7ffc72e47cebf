CREATE TABLE find_name (
	id INTEGER PRIMARY KEY,
	field INTEGER NOT NULL,
	owner INTEGER NOT NULL,
	text TEXT NOT NULL,
	skeleton TEXT NOT NULL
);

CREATE INDEX find_name_of ON find_name (owner, field);

CREATE TABLE find_start (
	start TEXT NOT NULL,
	name_id INTEGER NOT NULL,
	PRIMARY KEY (start, name_id)
) WITHOUT ROWID;

CREATE TABLE find_gram (
	gram INTEGER PRIMARY KEY,
	many INTEGER NOT NULL,
	names BLOB NOT NULL
);

CREATE TABLE find_shared (
	name_id INTEGER PRIMARY KEY,
	many INTEGER NOT NULL,
	entries BLOB NOT NULL
);

CREATE VIRTUAL TABLE find_text USING fts5(words, content='', detail=none, columnsize=0, prefix='3', tokenize="ascii");

CREATE VIRTUAL TABLE find_word USING fts5vocab(find_text, row);

CREATE TABLE seminar (
	id VARCHAR NOT NULL,
	lecturer VARCHAR NOT NULL,
	class_name VARCHAR NOT NULL,
	slug VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	date VARCHAR NOT NULL,
	book VARCHAR NOT NULL,
	edition VARCHAR NOT NULL,
	framework VARCHAR NOT NULL,
	framework_title VARCHAR NOT NULL,
	created VARCHAR NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (lecturer, class_name, slug),
	CONSTRAINT class_name_is_not_too_long CHECK (length(class_name) <= 100)
);

CREATE TABLE participant (
	seminar_id VARCHAR NOT NULL,
	id VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	role VARCHAR NOT NULL,
	joined VARCHAR NOT NULL,
	PRIMARY KEY (seminar_id, id),
	CONSTRAINT name_is_not_too_long CHECK (length(name) <= 100),
	CONSTRAINT id_is_whole CHECK (length(id) = 32),
	FOREIGN KEY(seminar_id) REFERENCES seminar (id)
);

CREATE TABLE planned_case (
	seminar_id VARCHAR NOT NULL,
	slug VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	title VARCHAR NOT NULL,
	is_optional BOOLEAN NOT NULL,
	is_hidden BOOLEAN NOT NULL,
	PRIMARY KEY (seminar_id, slug),
	FOREIGN KEY(seminar_id) REFERENCES seminar (id)
);

CREATE TABLE planned_point (
	seminar_id VARCHAR NOT NULL,
	"key" VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	title VARCHAR NOT NULL,
	PRIMARY KEY (seminar_id, "key"),
	FOREIGN KEY(seminar_id) REFERENCES seminar (id)
);

CREATE TABLE reveal (
	seminar_id VARCHAR NOT NULL,
	item VARCHAR NOT NULL,
	revealed VARCHAR NOT NULL,
	PRIMARY KEY (seminar_id, item),
	CONSTRAINT item_is_not_too_long CHECK (length(item) <= 500),
	FOREIGN KEY(seminar_id) REFERENCES seminar (id)
);

CREATE TABLE round (
	seminar_id VARCHAR NOT NULL,
	number INTEGER NOT NULL,
	opened VARCHAR NOT NULL,
	closed VARCHAR NOT NULL,
	PRIMARY KEY (seminar_id, number),
	CONSTRAINT number_is_possible CHECK (number BETWEEN 1 AND 99),
	FOREIGN KEY(seminar_id) REFERENCES seminar (id)
);

CREATE TABLE answer (
	seminar_id VARCHAR NOT NULL,
	participant_id VARCHAR NOT NULL,
	round INTEGER NOT NULL,
	entry VARCHAR NOT NULL,
	criterion VARCHAR NOT NULL,
	rating VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	answered VARCHAR NOT NULL,
	PRIMARY KEY (seminar_id, participant_id, round, entry, criterion),
	FOREIGN KEY(seminar_id, participant_id) REFERENCES participant (seminar_id, id),
	FOREIGN KEY(seminar_id, round) REFERENCES round (seminar_id, number),
	FOREIGN KEY(seminar_id, entry) REFERENCES planned_case (seminar_id, slug),
	FOREIGN KEY(seminar_id, criterion) REFERENCES planned_point (seminar_id, "key"),
	CONSTRAINT rating_is_known CHECK (rating IN ('met', 'partly', 'not met', 'silent')),
	CONSTRAINT entry_is_not_too_long CHECK (length(entry) <= 255),
	CONSTRAINT criterion_is_not_too_long CHECK (length(criterion) <= 20),
	CONSTRAINT reason_is_not_too_long CHECK (length(reason) <= 1000)
);

CREATE TABLE submission (
	seminar_id VARCHAR NOT NULL,
	participant_id VARCHAR NOT NULL,
	round INTEGER NOT NULL,
	number INTEGER NOT NULL,
	made VARCHAR NOT NULL,
	digest VARCHAR NOT NULL,
	edition VARCHAR NOT NULL,
	received VARCHAR NOT NULL,
	PRIMARY KEY (seminar_id, participant_id, round),
	FOREIGN KEY(seminar_id, participant_id) REFERENCES participant (seminar_id, id),
	FOREIGN KEY(seminar_id, round) REFERENCES round (seminar_id, number)
);


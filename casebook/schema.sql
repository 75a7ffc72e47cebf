CREATE TABLE book (
	id INTEGER NOT NULL,
	slug VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	edition VARCHAR NOT NULL,
	description VARCHAR NOT NULL,
	language VARCHAR NOT NULL,
	licence VARCHAR NOT NULL,
	content_hash VARCHAR NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT one_row CHECK (id = 1),
	UNIQUE (slug)
);

CREATE TABLE edition (
	id INTEGER NOT NULL,
	audience VARCHAR NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT one_row CHECK (id = 1),
	CONSTRAINT audience_is_known CHECK (audience IN ('students'))
);

CREATE TABLE industry (
	code VARCHAR NOT NULL,
	label VARCHAR NOT NULL,
	section VARCHAR NOT NULL,
	PRIMARY KEY (code),
	FOREIGN KEY(section) REFERENCES industry (code)
);

CREATE TABLE seal (
	position INTEGER NOT NULL,
	part VARCHAR NOT NULL,
	PRIMARY KEY (position),
	UNIQUE (part)
);

CREATE TABLE seminar (
	id INTEGER NOT NULL,
	"plan" VARCHAR NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT one_row CHECK (id = 1)
);

CREATE TABLE volume (
	id INTEGER NOT NULL,
	slug VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	edition VARCHAR NOT NULL,
	description VARCHAR NOT NULL,
	language VARCHAR NOT NULL,
	licence VARCHAR NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (slug)
);

CREATE TABLE entry (
	id INTEGER NOT NULL,
	slug VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	sort_title VARCHAR NOT NULL,
	shelf INTEGER NOT NULL,
	is_unnamed BOOLEAN NOT NULL,
	outcome VARCHAR,
	outcome_note VARCHAR NOT NULL,
	content_hash VARCHAR NOT NULL,
	source_grades VARCHAR NOT NULL,
	volume_id INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT kind_is_known CHECK (kind IN ('alliance', 'firm', 'region', 'programme', 'organisation')),
	CONSTRAINT outcome_is_known CHECK (outcome IS NULL OR outcome IN ('success', 'mixed', 'struggling', 'failed', 'open', 'contested')),
	CONSTRAINT is_unnamed_is_a_flag CHECK (is_unnamed IN (0, 1)),
	UNIQUE (slug),
	FOREIGN KEY(volume_id) REFERENCES volume (id)
);

CREATE INDEX entry_by_shelf ON entry (shelf, sort_title);

CREATE TABLE foundation (
	volume_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	slug VARCHAR NOT NULL,
	edition VARCHAR NOT NULL,
	PRIMARY KEY (volume_id, position),
	FOREIGN KEY(volume_id) REFERENCES volume (id)
);

CREATE TABLE place (
	id INTEGER NOT NULL,
	slug VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	country VARCHAR,
	country_name VARCHAR NOT NULL,
	parent_id INTEGER,
	lane VARCHAR NOT NULL,
	gives_lane BOOLEAN NOT NULL,
	note VARCHAR NOT NULL,
	latitude FLOAT,
	longitude FLOAT,
	volume_id INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT country_is_a_code CHECK (length(country) = 2),
	CONSTRAINT latitude_is_on_the_globe CHECK (latitude BETWEEN -90 AND 90),
	CONSTRAINT longitude_is_on_the_globe CHECK (longitude BETWEEN -180 AND 180),
	CONSTRAINT coordinates_come_in_pairs CHECK ((latitude IS NULL) = (longitude IS NULL)),
	CONSTRAINT gives_lane_is_a_flag CHECK (gives_lane IN (0, 1)),
	UNIQUE (slug),
	FOREIGN KEY(parent_id) REFERENCES place (id),
	FOREIGN KEY(volume_id) REFERENCES volume (id)
);

CREATE TABLE source (
	id INTEGER NOT NULL,
	slug VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	label VARCHAR NOT NULL,
	reference VARCHAR NOT NULL,
	csl VARCHAR NOT NULL,
	is_read BOOLEAN NOT NULL,
	paragraphs INTEGER,
	note VARCHAR NOT NULL,
	grade VARCHAR,
	extent VARCHAR,
	accessed VARCHAR NOT NULL,
	address VARCHAR NOT NULL,
	volume_id INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT paragraphs_are_counted CHECK (paragraphs IS NULL OR paragraphs > 0),
	CONSTRAINT is_read_is_a_flag CHECK (is_read IN (0, 1)),
	CONSTRAINT grade_is_known CHECK (grade IS NULL OR grade IN ('A', 'B', 'C')),
	CONSTRAINT extent_is_known CHECK (extent IS NULL OR extent IN ('whole', 'in part')),
	UNIQUE (slug),
	FOREIGN KEY(volume_id) REFERENCES volume (id)
);

CREATE TABLE statement (
	id INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	volume_id INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT kind_is_known CHECK (kind IN ('alias', 'setting', 'passage', 'relation', 'person', 'event', 'figure', 'framework', 'criterion', 'assessment', 'exhibit', 'teaching', 'term', 'mention', 'told', 'account')),
	FOREIGN KEY(volume_id) REFERENCES volume (id)
);

CREATE TABLE account (
	of_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	statement_id INTEGER,
	date_text VARCHAR NOT NULL,
	edtf VARCHAR NOT NULL,
	inferred_from VARCHAR NOT NULL,
	earliest_begin INTEGER,
	latest_begin INTEGER,
	earliest_end INTEGER,
	latest_end INTEGER,
	place_id INTEGER,
	value VARCHAR NOT NULL,
	qualifier VARCHAR NOT NULL,
	rating VARCHAR,
	outcome VARCHAR,
	words VARCHAR NOT NULL,
	PRIMARY KEY (of_id, position),
	CONSTRAINT bounds_are_ordered CHECK ((earliest_begin IS NULL OR latest_begin IS NULL OR earliest_begin <= latest_begin) AND (earliest_end IS NULL OR latest_end IS NULL OR earliest_end <= latest_end) AND (earliest_begin IS NULL OR earliest_end IS NULL OR earliest_begin <= earliest_end) AND (latest_begin IS NULL OR latest_end IS NULL OR latest_begin <= latest_end)),
	CONSTRAINT it_says_something CHECK (edtf <> '' OR place_id IS NOT NULL OR value <> '' OR rating IS NOT NULL OR outcome IS NOT NULL),
	CONSTRAINT rating_is_known CHECK (rating IS NULL OR rating IN ('met', 'partly', 'not met')),
	CONSTRAINT outcome_is_known CHECK (outcome IS NULL OR outcome IN ('success', 'mixed', 'struggling', 'failed', 'open')),
	CONSTRAINT the_first_is_its_own CHECK ((position = 0) = (statement_id IS NULL)),
	FOREIGN KEY(of_id) REFERENCES statement (id),
	UNIQUE (statement_id),
	FOREIGN KEY(statement_id) REFERENCES statement (id),
	FOREIGN KEY(place_id) REFERENCES place (id)
);

CREATE TABLE alias (
	statement_id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	text VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	PRIMARY KEY (statement_id),
	CONSTRAINT kind_is_known CHECK (kind IN ('native script', 'romanisation', 'source spelling', 'short form', 'full name', 'translation', 'former name', 'brand')),
	UNIQUE (entry_id, text),
	FOREIGN KEY(statement_id) REFERENCES statement (id),
	FOREIGN KEY(entry_id) REFERENCES entry (id)
);

CREATE INDEX ix_alias_entry_id ON alias (entry_id);

CREATE TABLE citation (
	id INTEGER NOT NULL,
	statement_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	source_id INTEGER,
	locator VARCHAR NOT NULL,
	part VARCHAR NOT NULL,
	inferred BOOLEAN NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT inferred_is_a_flag CHECK (inferred IN (0, 1)),
	UNIQUE (statement_id, position),
	FOREIGN KEY(statement_id) REFERENCES statement (id),
	FOREIGN KEY(source_id) REFERENCES source (id)
);

CREATE TABLE event (
	statement_id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	"key" VARCHAR NOT NULL,
	label VARCHAR NOT NULL,
	short VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	place_id INTEGER,
	date_text VARCHAR NOT NULL,
	edtf VARCHAR NOT NULL,
	inferred BOOLEAN NOT NULL,
	inferred_from VARCHAR NOT NULL,
	earliest_begin INTEGER,
	latest_begin INTEGER,
	earliest_end INTEGER,
	latest_end INTEGER,
	PRIMARY KEY (statement_id),
	CONSTRAINT kind_is_known CHECK (kind IN ('founding', 'product', 'export', 'production abroad', 'alliance', 'public support', 'law and policy', 'trouble', 'economy', 'report', 'other')),
	CONSTRAINT inferred_is_a_flag CHECK (inferred IN (0, 1)),
	CONSTRAINT bounds_are_ordered CHECK ((earliest_begin IS NULL OR latest_begin IS NULL OR earliest_begin <= latest_begin) AND (earliest_end IS NULL OR latest_end IS NULL OR earliest_end <= latest_end) AND (earliest_begin IS NULL OR earliest_end IS NULL OR earliest_begin <= earliest_end) AND (latest_begin IS NULL OR latest_end IS NULL OR latest_begin <= latest_end)),
	UNIQUE (entry_id, "key"),
	FOREIGN KEY(statement_id) REFERENCES statement (id),
	FOREIGN KEY(entry_id) REFERENCES entry (id),
	FOREIGN KEY(place_id) REFERENCES place (id)
);

CREATE INDEX event_by_begin ON event (earliest_begin);

CREATE TABLE exhibit (
	statement_id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	"key" VARCHAR NOT NULL,
	caption VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	PRIMARY KEY (statement_id),
	UNIQUE (entry_id, "key"),
	FOREIGN KEY(statement_id) REFERENCES statement (id),
	FOREIGN KEY(entry_id) REFERENCES entry (id)
);

CREATE TABLE figure (
	statement_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	slug VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	unit VARCHAR NOT NULL,
	qualifier VARCHAR NOT NULL,
	measures VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	year VARCHAR NOT NULL,
	edtf VARCHAR NOT NULL,
	inferred_from VARCHAR NOT NULL,
	survey VARCHAR NOT NULL,
	surveyor_id INTEGER,
	not_to_confuse VARCHAR NOT NULL,
	entry_id INTEGER,
	PRIMARY KEY (statement_id),
	CONSTRAINT kind_is_known CHECK (kind IN ('stated', 'measured', 'estimated', 'supposed', 'forecast', 'fixed', 'target')),
	FOREIGN KEY(statement_id) REFERENCES statement (id),
	UNIQUE (slug),
	FOREIGN KEY(surveyor_id) REFERENCES entry (id),
	FOREIGN KEY(entry_id) REFERENCES entry (id)
);

CREATE TABLE framework (
	statement_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	slug VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	description VARCHAR NOT NULL,
	is_assessed BOOLEAN NOT NULL,
	PRIMARY KEY (statement_id),
	CONSTRAINT is_assessed_is_a_flag CHECK (is_assessed IN (0, 1)),
	FOREIGN KEY(statement_id) REFERENCES statement (id),
	UNIQUE (slug)
);

CREATE TABLE mention (
	statement_id INTEGER NOT NULL,
	source_id INTEGER NOT NULL,
	note VARCHAR NOT NULL,
	PRIMARY KEY (statement_id),
	FOREIGN KEY(statement_id) REFERENCES statement (id),
	FOREIGN KEY(source_id) REFERENCES source (id)
);

CREATE INDEX ix_mention_source_id ON mention (source_id);

CREATE TABLE paragraph (
	source_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	gist VARCHAR NOT NULL,
	PRIMARY KEY (source_id, number),
	FOREIGN KEY(source_id) REFERENCES source (id)
);

CREATE TABLE passage (
	statement_id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	block VARCHAR NOT NULL,
	level INTEGER NOT NULL,
	number INTEGER NOT NULL,
	text VARCHAR NOT NULL,
	marks VARCHAR NOT NULL,
	PRIMARY KEY (statement_id),
	CONSTRAINT block_is_known CHECK (block IN ('summary', 'heading', 'paragraph', 'bullet', 'numbered', 'quote', 'code')),
	UNIQUE (entry_id, position),
	FOREIGN KEY(statement_id) REFERENCES statement (id),
	FOREIGN KEY(entry_id) REFERENCES entry (id)
);

CREATE TABLE person (
	statement_id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	role VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	PRIMARY KEY (statement_id),
	FOREIGN KEY(statement_id) REFERENCES statement (id),
	FOREIGN KEY(entry_id) REFERENCES entry (id)
);

CREATE INDEX ix_person_entry_id ON person (entry_id);

CREATE TABLE place_alias (
	place_id INTEGER NOT NULL,
	text VARCHAR NOT NULL,
	PRIMARY KEY (place_id, text),
	FOREIGN KEY(place_id) REFERENCES place (id)
);

CREATE TABLE question (
	id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	"key" VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	volume_id INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(entry_id) REFERENCES entry (id),
	FOREIGN KEY(volume_id) REFERENCES volume (id)
);

CREATE INDEX ix_question_entry_id ON question (entry_id);

CREATE TABLE relation (
	statement_id INTEGER NOT NULL,
	subject_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	role VARCHAR NOT NULL,
	object_id INTEGER NOT NULL,
	as_role VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	PRIMARY KEY (statement_id),
	CONSTRAINT role_is_known CHECK (role IN ('member', 'member of', 'located in', 'partner of', 'supported by', 'funded by', 'run by', 'led by', 'part of', 'succeeds', 'supplies', 'sold through', 'acquired by', 'complements', 'inspired by', 'competes with', 'compared with', 'approved under', 'reported by', 'customer of', 'succeeded by', 'born in')),
	UNIQUE (subject_id, role, object_id, as_role),
	FOREIGN KEY(statement_id) REFERENCES statement (id),
	FOREIGN KEY(subject_id) REFERENCES entry (id),
	FOREIGN KEY(object_id) REFERENCES entry (id)
);

CREATE INDEX ix_relation_object_id ON relation (object_id);

CREATE TABLE setting (
	statement_id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	size VARCHAR NOT NULL,
	years VARCHAR NOT NULL,
	years_edtf VARCHAR NOT NULL,
	years_inferred_from VARCHAR NOT NULL,
	earliest_begin INTEGER,
	latest_begin INTEGER,
	earliest_end INTEGER,
	latest_end INTEGER,
	PRIMARY KEY (statement_id),
	CONSTRAINT bounds_are_ordered CHECK ((earliest_begin IS NULL OR latest_begin IS NULL OR earliest_begin <= latest_begin) AND (earliest_end IS NULL OR latest_end IS NULL OR earliest_end <= latest_end) AND (earliest_begin IS NULL OR earliest_end IS NULL OR earliest_begin <= earliest_end) AND (latest_begin IS NULL OR latest_end IS NULL OR latest_begin <= latest_end)),
	FOREIGN KEY(statement_id) REFERENCES statement (id),
	UNIQUE (entry_id),
	FOREIGN KEY(entry_id) REFERENCES entry (id)
);

CREATE TABLE setting_industry (
	entry_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	code VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	PRIMARY KEY (entry_id, position),
	FOREIGN KEY(entry_id) REFERENCES entry (id),
	FOREIGN KEY(code) REFERENCES industry (code)
);

CREATE INDEX ix_setting_industry_code ON setting_industry (code);

CREATE TABLE setting_place (
	entry_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	place_id INTEGER NOT NULL,
	PRIMARY KEY (entry_id, position),
	FOREIGN KEY(entry_id) REFERENCES entry (id),
	FOREIGN KEY(place_id) REFERENCES place (id)
);

CREATE INDEX ix_setting_place_place_id ON setting_place (place_id);

CREATE TABLE teaching (
	statement_id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	with_id INTEGER,
	synopsis VARCHAR NOT NULL,
	audience VARCHAR NOT NULL,
	course VARCHAR NOT NULL,
	PRIMARY KEY (statement_id),
	FOREIGN KEY(statement_id) REFERENCES statement (id),
	UNIQUE (entry_id),
	FOREIGN KEY(entry_id) REFERENCES entry (id),
	FOREIGN KEY(with_id) REFERENCES entry (id)
);

CREATE TABLE teaching_note (
	entry_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	text VARCHAR NOT NULL,
	PRIMARY KEY (entry_id, position),
	FOREIGN KEY(entry_id) REFERENCES entry (id)
);

CREATE TABLE term (
	statement_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	slug VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	definition VARCHAR NOT NULL,
	entry_id INTEGER,
	PRIMARY KEY (statement_id),
	FOREIGN KEY(statement_id) REFERENCES statement (id),
	UNIQUE (slug),
	FOREIGN KEY(entry_id) REFERENCES entry (id)
);

CREATE TABLE board_step (
	teaching_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	minutes INTEGER NOT NULL,
	topic VARCHAR NOT NULL,
	what VARCHAR NOT NULL,
	PRIMARY KEY (teaching_id, position),
	CONSTRAINT it_takes_time CHECK (minutes > 0),
	FOREIGN KEY(teaching_id) REFERENCES teaching (statement_id)
);

CREATE TABLE cited_paragraph (
	source_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	citation_id INTEGER NOT NULL,
	PRIMARY KEY (source_id, number, citation_id),
	FOREIGN KEY(source_id) REFERENCES source (id),
	FOREIGN KEY(citation_id) REFERENCES citation (id)
);

CREATE TABLE criterion (
	statement_id INTEGER NOT NULL,
	framework_id INTEGER NOT NULL,
	parent_id INTEGER,
	position INTEGER NOT NULL,
	"key" VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	PRIMARY KEY (statement_id),
	UNIQUE (framework_id, "key"),
	FOREIGN KEY(statement_id) REFERENCES statement (id),
	FOREIGN KEY(framework_id) REFERENCES framework (statement_id),
	FOREIGN KEY(parent_id) REFERENCES criterion (statement_id)
);

CREATE TABLE derived_bounds (
	event_id INTEGER NOT NULL,
	earliest_begin INTEGER,
	latest_begin INTEGER,
	earliest_end INTEGER,
	latest_end INTEGER,
	PRIMARY KEY (event_id),
	CONSTRAINT bounds_are_ordered CHECK ((earliest_begin IS NULL OR latest_begin IS NULL OR earliest_begin <= latest_begin) AND (earliest_end IS NULL OR latest_end IS NULL OR earliest_end <= latest_end) AND (earliest_begin IS NULL OR earliest_end IS NULL OR earliest_begin <= earliest_end) AND (latest_begin IS NULL OR latest_end IS NULL OR latest_begin <= latest_end)),
	FOREIGN KEY(event_id) REFERENCES event (statement_id)
);

CREATE TABLE exhibit_cell (
	exhibit_id INTEGER NOT NULL,
	row_position INTEGER NOT NULL,
	column_position INTEGER NOT NULL,
	text VARCHAR NOT NULL,
	PRIMARY KEY (exhibit_id, row_position, column_position),
	FOREIGN KEY(exhibit_id) REFERENCES exhibit (statement_id)
);

CREATE TABLE figure_subject (
	figure_id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	PRIMARY KEY (figure_id, entry_id),
	FOREIGN KEY(figure_id) REFERENCES figure (statement_id),
	FOREIGN KEY(entry_id) REFERENCES entry (id)
);

CREATE INDEX ix_figure_subject_entry_id ON figure_subject (entry_id);

CREATE TABLE participant (
	event_id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	role VARCHAR NOT NULL,
	PRIMARY KEY (event_id, entry_id),
	FOREIGN KEY(event_id) REFERENCES event (statement_id),
	FOREIGN KEY(entry_id) REFERENCES entry (id)
);

CREATE INDEX ix_participant_entry_id ON participant (entry_id);

CREATE TABLE teaching_answer (
	teaching_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	question_id INTEGER NOT NULL,
	text VARCHAR NOT NULL,
	PRIMARY KEY (teaching_id, position),
	FOREIGN KEY(teaching_id) REFERENCES teaching (statement_id),
	UNIQUE (question_id),
	FOREIGN KEY(question_id) REFERENCES question (id)
);

CREATE TABLE teaching_objective (
	teaching_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	text VARCHAR NOT NULL,
	PRIMARY KEY (teaching_id, position),
	FOREIGN KEY(teaching_id) REFERENCES teaching (statement_id)
);

CREATE TABLE teaching_unknown (
	teaching_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	text VARCHAR NOT NULL,
	PRIMARY KEY (teaching_id, position),
	FOREIGN KEY(teaching_id) REFERENCES teaching (statement_id)
);

CREATE TABLE term_alias (
	term_id INTEGER NOT NULL,
	text VARCHAR NOT NULL,
	PRIMARY KEY (term_id, text),
	FOREIGN KEY(term_id) REFERENCES term (statement_id)
);

CREATE TABLE told (
	statement_id INTEGER NOT NULL,
	event_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	relation VARCHAR NOT NULL,
	other_id INTEGER NOT NULL,
	words VARCHAR NOT NULL,
	distance VARCHAR NOT NULL,
	least VARCHAR NOT NULL,
	most VARCHAR NOT NULL,
	least_days INTEGER,
	most_days INTEGER,
	PRIMARY KEY (statement_id),
	CONSTRAINT relation_is_known CHECK (relation IN ('after', 'before', 'during')),
	CONSTRAINT two_events CHECK (event_id <> other_id),
	CONSTRAINT days_are_ordered CHECK (least_days IS NULL OR most_days IS NULL OR least_days <= most_days),
	UNIQUE (event_id, position),
	FOREIGN KEY(statement_id) REFERENCES statement (id),
	FOREIGN KEY(event_id) REFERENCES event (statement_id),
	FOREIGN KEY(other_id) REFERENCES event (statement_id)
);

CREATE INDEX ix_told_other_id ON told (other_id);

CREATE TABLE answer_point (
	teaching_id INTEGER NOT NULL,
	answer INTEGER NOT NULL,
	position INTEGER NOT NULL,
	criterion_id INTEGER NOT NULL,
	PRIMARY KEY (teaching_id, answer, position),
	FOREIGN KEY(teaching_id) REFERENCES teaching (statement_id),
	FOREIGN KEY(criterion_id) REFERENCES criterion (statement_id)
);

CREATE TABLE assessment (
	statement_id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	criterion_id INTEGER NOT NULL,
	rating VARCHAR NOT NULL,
	evidence VARCHAR NOT NULL,
	PRIMARY KEY (statement_id),
	CONSTRAINT rating_is_known CHECK (rating IN ('met', 'partly', 'not met', 'contested')),
	CONSTRAINT evidence_is_given CHECK (length(evidence) > 0),
	UNIQUE (entry_id, criterion_id),
	FOREIGN KEY(statement_id) REFERENCES statement (id),
	FOREIGN KEY(entry_id) REFERENCES entry (id),
	FOREIGN KEY(criterion_id) REFERENCES criterion (statement_id)
);

CREATE INDEX ix_assessment_criterion_id ON assessment (criterion_id);

CREATE TABLE derived_reason (
	event_id INTEGER NOT NULL,
	bound VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	told_id INTEGER,
	dated_id INTEGER,
	dated_bound VARCHAR,
	PRIMARY KEY (event_id, bound, position),
	CONSTRAINT bound_is_known CHECK (bound IN ('earliest begin', 'latest begin', 'earliest end', 'latest end')),
	CONSTRAINT dated_bound_is_known CHECK (dated_bound IS NULL OR dated_bound IN ('earliest begin', 'latest begin', 'earliest end', 'latest end')),
	CONSTRAINT it_is_told_or_dated CHECK ((told_id IS NULL) <> (dated_id IS NULL) AND (dated_id IS NULL) = (dated_bound IS NULL)),
	FOREIGN KEY(event_id) REFERENCES derived_bounds (event_id),
	FOREIGN KEY(told_id) REFERENCES told (statement_id),
	FOREIGN KEY(dated_id) REFERENCES event (statement_id)
);


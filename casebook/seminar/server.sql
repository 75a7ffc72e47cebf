-- What a PostgreSQL server has beside the tables of a class: who may do what, held by the database.
--
-- Lecturers are members of the role casebook_lecturer and see their own seminars alone. Students
-- share one login role, which sees nothing by itself: a student is known by a secret token, which
-- the program sets for each transaction (`SELECT set_config('casebook.token', …, true)`), and which
-- `join_class` has registered for whoever knew the code of the class. Only its digest is stored.
--
-- {student} and {password} are put in by the program; the tables have been made before.

CREATE TABLE casebook.installation (
    one boolean PRIMARY KEY CHECK (one),
    version integer NOT NULL,
    student_role text NOT NULL,
    student_password text NOT NULL
);

-- How a class is joined: its code, how many students may join, and how many must have rated a
-- cell before its tally is told.
CREATE TABLE casebook.class_door (
    seminar_id varchar PRIMARY KEY REFERENCES casebook.seminar (id) ON DELETE CASCADE,
    code text NOT NULL UNIQUE CHECK (length(code) >= 10),
    most integer NOT NULL CHECK (most > 0),
    fewest integer NOT NULL CHECK (fewest > 0)
);

-- By what a student is known: the digest of the secret that the student's notebook keeps.
CREATE TABLE casebook.student_secret (
    digest text PRIMARY KEY,
    seminar_id varchar NOT NULL,
    participant_id varchar NOT NULL,
    UNIQUE (seminar_id, participant_id),
    FOREIGN KEY (seminar_id, participant_id) REFERENCES casebook.participant (seminar_id, id)
        ON DELETE CASCADE
);

CREATE INDEX answer_by_round ON casebook.answer (seminar_id, round);

-- Who asks

CREATE FUNCTION casebook.me(OUT seminar_id varchar, OUT identifier varchar)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    SELECT known.seminar_id, known.participant_id INTO me.seminar_id, me.identifier
        FROM casebook.student_secret AS known
        WHERE known.digest
            = encode(sha256(convert_to(current_setting('casebook.token', true), 'UTF8')), 'hex');
END
$$;

-- The cases of the student's seminar in their order, without those that are hidden still. A
-- student has no right to their table, not even by a policy: EXPLAIN tells how many rows a policy
-- has removed, and so whether a hidden case has a name that is asked for.
CREATE FUNCTION casebook.my_cases()
    RETURNS TABLE (slug varchar, title varchar, is_optional boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN QUERY
        SELECT planned.slug, planned.title, planned.is_optional
        FROM casebook.planned_case AS planned
        WHERE planned.seminar_id = (SELECT mine.seminar_id FROM casebook.me() AS mine)
            AND (NOT planned.is_hidden OR EXISTS (
                SELECT FROM casebook.reveal AS shown
                WHERE shown.seminar_id = planned.seminar_id
                    AND shown.item = 'entry:' || planned.slug))
        ORDER BY planned.position;
END
$$;

-- What a student may call

-- The seminar that a code is for, so that a notebook knows under which identifier to join.
CREATE FUNCTION casebook.seminar_of_code(code text)
    RETURNS TABLE (slug varchar, title varchar)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT held.slug, held.title
    FROM casebook.class_door AS door JOIN casebook.seminar AS held ON held.id = door.seminar_id
    WHERE door.code = seminar_of_code.code
$$;

-- Joins the class that has a code. The same token and identifier may come again, as after an
-- answer that was lost on its way; an identifier with another token is somebody else's.
CREATE FUNCTION casebook.join_class(code text, token text, identifier text, name text)
    RETURNS varchar
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    door casebook.class_door;
    secret text := encode(sha256(convert_to(token, 'UTF8')), 'hex');
    known casebook.student_secret;
BEGIN
    IF coalesce(length(token), 0) < 32 OR identifier IS NULL OR identifier !~ '^[0-9a-f]{32}$' THEN
        RAISE EXCEPTION 'the token or the identifier is too short' USING ERRCODE = '22023';
    END IF;
    -- Held until the end, so that no two students take the last place.
    SELECT * INTO door FROM casebook.class_door AS each WHERE each.code = join_class.code FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no class has this code' USING ERRCODE = '42501';
    END IF;
    SELECT * INTO known FROM casebook.student_secret AS each
        WHERE each.seminar_id = door.seminar_id AND each.participant_id = identifier;
    IF FOUND THEN
        IF known.digest <> secret THEN
            RAISE EXCEPTION 'this identifier is another student''s' USING ERRCODE = '42501';
        END IF;
        UPDATE casebook.participant AS each SET name = coalesce(join_class.name, '')
            WHERE each.seminar_id = door.seminar_id AND each.id = identifier;
        RETURN door.seminar_id;
    END IF;
    IF (SELECT count(*) FROM casebook.student_secret AS each
            WHERE each.seminar_id = door.seminar_id) >= door.most THEN
        RAISE EXCEPTION 'the class is full' USING ERRCODE = '53400';
    END IF;
    INSERT INTO casebook.participant (seminar_id, id, name, role, joined)
        VALUES (door.seminar_id, identifier, coalesce(join_class.name, ''), session_user,
            casebook.utc_now());
    INSERT INTO casebook.student_secret VALUES (secret, door.seminar_id, identifier);
    RETURN door.seminar_id;
END
$$;

-- What the class answered in a round: told once the lecturer has revealed it, of rounds that are
-- closed, and never of a case that is hidden still.
CREATE FUNCTION casebook.class_tally(wanted integer)
    RETURNS TABLE (entry varchar, criterion varchar, rating varchar, students bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    mine varchar := (SELECT known.seminar_id FROM casebook.me() AS known);
BEGIN
    IF NOT EXISTS (
        SELECT FROM casebook.reveal AS shown
            JOIN casebook.round AS held ON held.seminar_id = shown.seminar_id
            WHERE shown.seminar_id = mine AND shown.item = 'tally'
                AND held.number = wanted AND held.closed <> ''
    ) THEN
        RAISE EXCEPTION 'the tally of this round has not been revealed' USING ERRCODE = '42501';
    END IF;
    RETURN QUERY
        WITH counted AS (
            SELECT given.entry, given.criterion, given.rating, count(*) AS students,
                sum(count(*)) OVER (PARTITION BY given.entry, given.criterion) AS of_cell
            FROM casebook.answer AS given
            WHERE given.seminar_id = mine AND given.round = wanted
            GROUP BY given.entry, given.criterion, given.rating
        )
        SELECT counted.entry, counted.criterion, counted.rating, counted.students
        FROM counted
            JOIN casebook.class_door AS door ON door.seminar_id = mine
            JOIN casebook.my_cases() AS planned ON planned.slug = counted.entry
        WHERE counted.of_cell >= door.fewest;
END
$$;

-- Takes and withdraws a student's answers, all or none, as a single statement: once to the server
-- and back, with plans that the session keeps. It runs with the student's own rights, so that
-- every policy and trigger below holds in it as it holds for plain SQL.
CREATE FUNCTION casebook.hand_in(
    token text, wanted integer,
    entries text[], criteria text[], ratings text[], reasons text[],
    gone_entries text[], gone_criteria text[]
) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    of_seminar varchar;
    of_student varchar;
BEGIN
    PERFORM set_config('casebook.token', token, true);
    SELECT mine.seminar_id, mine.identifier INTO of_seminar, of_student FROM casebook.me() AS mine;
    INSERT INTO casebook.answer
            (seminar_id, participant_id, round, entry, criterion, rating, reason, answered)
        SELECT of_seminar, of_student, wanted, given.entry, given.criterion, given.rating,
            given.reason, ''
        FROM unnest(entries, criteria, ratings, reasons)
            AS given (entry, criterion, rating, reason)
        ON CONFLICT (seminar_id, participant_id, round, entry, criterion)
        DO UPDATE SET rating = EXCLUDED.rating, reason = EXCLUDED.reason;
    IF cardinality(gone_entries) > 0 THEN
        DELETE FROM casebook.answer AS given
            USING unnest(gone_entries, gone_criteria) AS gone (entry, criterion)
            WHERE given.seminar_id = of_seminar AND given.participant_id = of_student
                AND given.round = wanted
                AND given.entry = gone.entry AND given.criterion = gone.criterion;
    END IF;
END
$$;

CREATE FUNCTION casebook.utc_now() RETURNS varchar
    LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$ SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') $$;

-- A student's answer is taken while its round is open. The policies below say so too, but look
-- at the round as it was when the statement began; here a lecturer who is closing it is waited for.
CREATE FUNCTION casebook.held_to_its_round() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    of_answer casebook.answer := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF session_user <> (SELECT student_role FROM casebook.installation) THEN
        RETURN of_answer;
    END IF;
    PERFORM FROM casebook.round AS held
        WHERE held.seminar_id = of_answer.seminar_id AND held.number = of_answer.round
            AND held.opened <> '' AND held.closed = ''
        FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the round is not open' USING ERRCODE = '42501';
    END IF;
    of_answer.answered := casebook.utc_now();
    RETURN of_answer;
END
$$;

CREATE TRIGGER held_to_its_round BEFORE INSERT OR UPDATE OR DELETE ON casebook.answer
    FOR EACH ROW EXECUTE FUNCTION casebook.held_to_its_round();

-- Roles

CREATE ROLE {student} LOGIN PASSWORD {password};
ALTER ROLE {student} SET statement_timeout = '15s';
-- A plan that is kept does as well as one made anew for each answer, which takes twice as long.
ALTER ROLE {student} SET plan_cache_mode = 'force_generic_plan';
ALTER ROLE {student} SET idle_in_transaction_session_timeout = '30s';

REVOKE ALL ON SCHEMA casebook FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA casebook FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA casebook FROM PUBLIC;
GRANT USAGE ON SCHEMA casebook TO casebook_lecturer, {student};
GRANT EXECUTE ON FUNCTION casebook.me(), casebook.my_cases(),
    casebook.seminar_of_code(text), casebook.join_class(text, text, text, text),
    casebook.class_tally(integer),
    casebook.hand_in(text, integer, text[], text[], text[], text[], text[], text[]) TO {student};
GRANT SELECT, INSERT, UPDATE, DELETE ON casebook.seminar, casebook.planned_case,
    casebook.planned_point, casebook.round, casebook.participant, casebook.submission,
    casebook.answer, casebook.reveal, casebook.class_door TO casebook_lecturer;
GRANT SELECT ON casebook.installation TO casebook_lecturer;
GRANT SELECT ON casebook.seminar, casebook.planned_point, casebook.round, casebook.participant,
    casebook.submission, casebook.answer, casebook.reveal TO {student};
GRANT INSERT, DELETE, UPDATE (rating, reason, answered) ON casebook.answer TO {student};
GRANT UPDATE (name) ON casebook.participant TO {student};

-- Rows

ALTER TABLE casebook.installation ENABLE ROW LEVEL SECURITY;
ALTER TABLE casebook.class_door ENABLE ROW LEVEL SECURITY;
ALTER TABLE casebook.student_secret ENABLE ROW LEVEL SECURITY;
ALTER TABLE casebook.seminar ENABLE ROW LEVEL SECURITY;
ALTER TABLE casebook.planned_case ENABLE ROW LEVEL SECURITY;
ALTER TABLE casebook.planned_point ENABLE ROW LEVEL SECURITY;
ALTER TABLE casebook.round ENABLE ROW LEVEL SECURITY;
ALTER TABLE casebook.participant ENABLE ROW LEVEL SECURITY;
ALTER TABLE casebook.submission ENABLE ROW LEVEL SECURITY;
ALTER TABLE casebook.answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE casebook.reveal ENABLE ROW LEVEL SECURITY;

CREATE POLICY of_lecturers ON casebook.installation FOR SELECT TO casebook_lecturer USING (true);
CREATE POLICY of_lecturer ON casebook.seminar TO casebook_lecturer
    USING (lecturer = current_user::text) WITH CHECK (lecturer = current_user::text);
-- What a lecturer sees of `seminar` is their own, here too.
CREATE POLICY of_lecturer ON casebook.class_door TO casebook_lecturer
    USING (seminar_id IN (SELECT id FROM casebook.seminar));
CREATE POLICY of_lecturer ON casebook.planned_case TO casebook_lecturer
    USING (seminar_id IN (SELECT id FROM casebook.seminar));
CREATE POLICY of_lecturer ON casebook.planned_point TO casebook_lecturer
    USING (seminar_id IN (SELECT id FROM casebook.seminar));
CREATE POLICY of_lecturer ON casebook.round TO casebook_lecturer
    USING (seminar_id IN (SELECT id FROM casebook.seminar));
CREATE POLICY of_lecturer ON casebook.participant TO casebook_lecturer
    USING (seminar_id IN (SELECT id FROM casebook.seminar));
CREATE POLICY of_lecturer ON casebook.submission TO casebook_lecturer
    USING (seminar_id IN (SELECT id FROM casebook.seminar));
CREATE POLICY of_lecturer ON casebook.answer TO casebook_lecturer
    USING (seminar_id IN (SELECT id FROM casebook.seminar));
CREATE POLICY of_lecturer ON casebook.reveal TO casebook_lecturer
    USING (seminar_id IN (SELECT id FROM casebook.seminar));

CREATE POLICY of_student ON casebook.seminar FOR SELECT TO {student}
    USING (id = (SELECT seminar_id FROM casebook.me()));
CREATE POLICY of_student ON casebook.planned_point FOR SELECT TO {student}
    USING (seminar_id = (SELECT seminar_id FROM casebook.me()));
CREATE POLICY of_student ON casebook.round FOR SELECT TO {student}
    USING (seminar_id = (SELECT seminar_id FROM casebook.me()));
CREATE POLICY of_student ON casebook.reveal FOR SELECT TO {student}
    USING (seminar_id = (SELECT seminar_id FROM casebook.me()));
CREATE POLICY of_student ON casebook.participant FOR SELECT TO {student}
    USING (seminar_id = (SELECT seminar_id FROM casebook.me())
        AND id = (SELECT identifier FROM casebook.me()));
CREATE POLICY names_itself ON casebook.participant FOR UPDATE TO {student}
    USING (seminar_id = (SELECT seminar_id FROM casebook.me())
        AND id = (SELECT identifier FROM casebook.me()));
CREATE POLICY of_student ON casebook.submission FOR SELECT TO {student}
    USING (seminar_id = (SELECT seminar_id FROM casebook.me())
        AND participant_id = (SELECT identifier FROM casebook.me()));
CREATE POLICY of_student ON casebook.answer FOR SELECT TO {student}
    USING (seminar_id = (SELECT seminar_id FROM casebook.me())
        AND participant_id = (SELECT identifier FROM casebook.me()));
-- What a student sees of `round` is their own seminar's.
CREATE POLICY given_in_time ON casebook.answer FOR INSERT TO {student}
    WITH CHECK (seminar_id = (SELECT seminar_id FROM casebook.me())
        AND participant_id = (SELECT identifier FROM casebook.me())
        AND round IN (SELECT number FROM casebook.round WHERE opened <> '' AND closed = '')
        AND entry IN (SELECT mine.slug FROM casebook.my_cases() AS mine));
CREATE POLICY changed_in_time ON casebook.answer FOR UPDATE TO {student}
    USING (seminar_id = (SELECT seminar_id FROM casebook.me())
        AND participant_id = (SELECT identifier FROM casebook.me())
        AND round IN (SELECT number FROM casebook.round WHERE opened <> '' AND closed = ''));
CREATE POLICY withdrawn_in_time ON casebook.answer FOR DELETE TO {student}
    USING (seminar_id = (SELECT seminar_id FROM casebook.me())
        AND participant_id = (SELECT identifier FROM casebook.me())
        AND round IN (SELECT number FROM casebook.round WHERE opened <> '' AND closed = ''));

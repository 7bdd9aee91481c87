-- Where readings come from: a sensor as it was, at a place as it was. Few beside the readings, which
-- name it by number: that halves a reading's row, and conditions on places are answered here.
CREATE TABLE origins (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  fingerprint uuid NOT NULL UNIQUE,
  sensor_id bigint NOT NULL,
  location_id bigint NOT NULL,
  latitude double precision,
  longitude double precision,
  altitude double precision,
  sensor_type_id integer NOT NULL,
  sensor_pin text NOT NULL,
  sensor_type_name text NOT NULL,
  sensor_type_manufacturer text NOT NULL,
  country text NOT NULL,
  exact_location boolean NOT NULL,
  indoor boolean
);
CREATE INDEX origins_sensor ON origins (sensor_id);

-- Each write has a number, in the order in which writes become visible: followers go on from it.
CREATE SEQUENCE write_numbers AS bigint;

CREATE TABLE writes (
  number bigint NOT NULL,
  day date NOT NULL,
  first_ts timestamptz NOT NULL,
  last_ts timestamptz NOT NULL,
  readings bigint NOT NULL,
  written_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (number, day)
);

-- The days of which there are readings, and how many; counting them would take minutes.
CREATE TABLE days (
  day date PRIMARY KEY,
  readings bigint NOT NULL
);

-- The span of each sensor's readings. Half of each page is left free, so that the update of every
-- sensor in every cycle stays on its page and touches no index.
CREATE TABLE sensors (
  sensor_id bigint PRIMARY KEY,
  first_ts timestamptz NOT NULL,
  newest_ts timestamptz NOT NULL,
  origin_id integer NOT NULL
) WITH (fillfactor = 50);

-- Measures that the catalogue does not know and some reading had, in the order they came.
CREATE TABLE other_measures (
  name text PRIMARY KEY,
  position integer GENERATED ALWAYS AS IDENTITY
);

-- Where TimescaleDB's functions are, if this database has it: then the days are its chunks.
CREATE FUNCTION timescale_schema() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
  WHERE e.extname = 'timescaledb'
$$;

-- A column that a reading does not have costs it one bit.
DO $$
DECLARE
  hypertable boolean := timescale_schema() IS NOT NULL;
BEGIN
  EXECUTE $table$
    CREATE TABLE readings (
      sensor_id bigint NOT NULL,
      ts timestamptz NOT NULL,
      write_number bigint NOT NULL,
      origin_id integer NOT NULL,
      aqi smallint,
      "P1" double precision,
      "P2" double precision,
      "P0" double precision,
      "P4" double precision,
      "N05" double precision,
      "N1" double precision,
      "N25" double precision,
      "N4" double precision,
      "N10" double precision,
      "TS" double precision,
      "durP1" double precision,
      "durP2" double precision,
      "ratioP1" double precision,
      "ratioP2" double precision,
      temperature double precision,
      humidity double precision,
      pressure double precision,
      pressure_at_sealevel double precision,
      "noise_LAeq" double precision,
      "noise_LA_min" double precision,
      "noise_LA_max" double precision,
      counts_per_minute double precision,
      hv_pulses double precision,
      counts double precision,
      sample_time_ms double precision,
      co2_ppm double precision,
      others jsonb,
      PRIMARY KEY (sensor_id, ts)
        INCLUDE (origin_id, aqi, "P1", "P2", temperature, humidity)
    ) $table$ || CASE WHEN hypertable THEN '' ELSE 'PARTITION BY RANGE (ts)' END;
  IF hypertable THEN
    EXECUTE format(
      'SELECT %I.create_hypertable(''readings'', ''ts'',
         chunk_time_interval => interval ''1 day'', create_default_indexes => false)',
      timescale_schema());
  END IF;
END $$;

CREATE INDEX readings_time ON readings
  USING brin (ts, write_number) WITH (pages_per_range = 32, autosummarize = on);

-- Makes room for a day's readings. Any number of sessions may ask for the same day at once. The
-- partition is made aside and then attached, which disturbs nobody who reads.
CREATE FUNCTION ensure_day(wanted date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  parent regclass := 'readings'::regclass;
  part text := 'readings_' || to_char(wanted, 'YYYYMMDD');
BEGIN
  IF EXISTS (SELECT FROM days WHERE day = wanted) THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(parent::oid::integer, wanted - date '2000-01-01');
  IF (SELECT relkind FROM pg_class WHERE oid = parent) = 'p' AND to_regclass(part) IS NULL THEN
    EXECUTE format(
      'CREATE TABLE %I (LIKE readings INCLUDING DEFAULTS INCLUDING INDEXES)', part);
    EXECUTE format(
      'ALTER TABLE readings ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
      part,
      to_char(wanted, 'YYYY-MM-DD') || ' 00:00:00+00',
      to_char(wanted + 1, 'YYYY-MM-DD') || ' 00:00:00+00');
  END IF;
  INSERT INTO days VALUES (wanted, 0) ON CONFLICT DO NOTHING;
END $$;

-- Forgets a day's readings.
CREATE FUNCTION drop_day(unwanted date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT relkind FROM pg_class WHERE oid = 'readings'::regclass) = 'p' THEN
    EXECUTE format('DROP TABLE IF EXISTS %I', 'readings_' || to_char(unwanted, 'YYYYMMDD'));
  ELSE
    EXECUTE format(
      'SELECT %I.drop_chunks(''readings'', older_than => $1, newer_than => $2)',
      timescale_schema())
      USING (unwanted + 1)::timestamp AT TIME ZONE 'UTC', unwanted::timestamp AT TIME ZONE 'UTC';
  END IF;
  DELETE FROM days WHERE day = unwanted;
END $$;

-- How much disk all of it takes.
CREATE FUNCTION bytes_on_disk() RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
  total bigint;
  chunks bigint;
BEGIN
  SELECT sum(pg_total_relation_size(oid)) INTO total FROM pg_class
    WHERE relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'readings'::regclass)
      AND relkind IN ('r', 'm');
  IF (SELECT relkind FROM pg_class WHERE oid = 'readings'::regclass) <> 'p' THEN
    EXECUTE format('SELECT %I.hypertable_size(''readings'')', timescale_schema()) INTO chunks;
    total := total + coalesce(chunks, 0);
  END IF;
  RETURN coalesce(total, 0);
END $$;

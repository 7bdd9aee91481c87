-- A day's readings are aggregated ahead of questions about months. Whether what was aggregated still
-- is what the readings say stands in the day's row, which every write to the day updates anyway.
ALTER TABLE days
  ADD COLUMN written_at timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN rolled_up boolean NOT NULL DEFAULT false,
  ADD COLUMN rolling uuid; -- The roll-up under way; a write takes it away, and it is in vain.

-- The mean instead of the sum: no sum of values leaves what a double can hold.
CREATE TABLE hourly (
  sensor_id bigint NOT NULL,
  hour timestamptz NOT NULL,
  first_ts timestamptz NOT NULL,
  last_ts timestamptz NOT NULL,
  mean double precision NOT NULL,
  min double precision NOT NULL,
  max double precision NOT NULL,
  p95 double precision NOT NULL,
  first double precision NOT NULL,
  last double precision NOT NULL,
  origin_id integer NOT NULL,
  count integer NOT NULL,
  measure text COLLATE "C" NOT NULL
) PARTITION BY RANGE (hour);

-- A sensor's hours of a day lie beside each other and are one entry of the index.
CREATE INDEX hourly_sensor ON hourly (measure, sensor_id);

CREATE TABLE daily (
  sensor_id bigint NOT NULL,
  first_ts timestamptz NOT NULL,
  last_ts timestamptz NOT NULL,
  mean double precision NOT NULL,
  min double precision NOT NULL,
  max double precision NOT NULL,
  p95 double precision NOT NULL,
  first double precision NOT NULL,
  last double precision NOT NULL,
  origin_id integer NOT NULL,
  count integer NOT NULL,
  day date NOT NULL,
  measure text COLLATE "C" NOT NULL
) PARTITION BY RANGE (day);

CREATE INDEX daily_sensor ON daily (measure, sensor_id, day);
CREATE INDEX daily_day ON daily USING brin (day) WITH (pages_per_range = 16, autosummarize = on);

-- How often each value occurs: arrays, for a row a value would take more than the readings do where
-- nearly each value is another.
CREATE TABLE value_counts (
  day date NOT NULL,
  measure text COLLATE "C" NOT NULL,
  country text NOT NULL,
  sensor_type_name text NOT NULL,
  values double precision[] NOT NULL,
  counts bigint[] NOT NULL,
  sensors bigint[] NOT NULL,
  PRIMARY KEY (measure, day, country, sensor_type_name)
) PARTITION BY RANGE (day);

-- Who may read the readings may read what is made of them.
DO $$
DECLARE
  granted record;
BEGIN
  FOR granted IN
    SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END AS grantee
    FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a
    WHERE c.oid = 'readings'::regclass AND a.privilege_type = 'SELECT' AND a.grantee <> c.relowner
  LOOP
    EXECUTE 'GRANT SELECT ON hourly, daily, value_counts TO ' || granted.grantee;
  END LOOP;
END $$;

-- Makes a partition that is not there aside, and attaches it, which disturbs nobody who reads.
CREATE FUNCTION ensure_partition(parent regclass, part text, first_value text, end_value text)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(parent::oid::integer, hashtext(part));
  IF to_regclass(part) IS NULL THEN
    EXECUTE format(
      'CREATE TABLE %I (LIKE %s INCLUDING DEFAULTS INCLUDING INDEXES)', part, parent);
    EXECUTE format(
      'ALTER TABLE %s ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
      parent, part, first_value, end_value);
  END IF;
END $$;

-- Makes room for a day's roll-ups.
CREATE FUNCTION ensure_roll_ups(wanted date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  month text := to_char(wanted, 'YYYYMM');
  first_day text := to_char(wanted, 'YYYY-MM-01');
  end_day text := to_char(wanted + interval '1 month', 'YYYY-MM-01');
BEGIN
  PERFORM ensure_partition(
    'hourly', 'hourly_' || to_char(wanted, 'YYYYMMDD'),
    to_char(wanted, 'YYYY-MM-DD') || ' 00:00:00+00',
    to_char(wanted + 1, 'YYYY-MM-DD') || ' 00:00:00+00');
  PERFORM ensure_partition(
    'daily', 'daily_' || month, first_day, end_day);
  PERFORM ensure_partition(
    'value_counts', 'value_counts_' || month, first_day, end_day);
END $$;

-- Forgets a day's readings, and what was made of them; a roll-up under way ends before the tables go.
CREATE OR REPLACE FUNCTION drop_day(unwanted date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  month date := date_trunc('month', unwanted)::date;
BEGIN
  IF (SELECT relkind FROM pg_class WHERE oid = 'readings'::regclass) = 'p' THEN
    EXECUTE format('DROP TABLE IF EXISTS %I', 'readings_' || to_char(unwanted, 'YYYYMMDD'));
  ELSE
    EXECUTE format(
      'SELECT %I.drop_chunks(''readings'', older_than => $1, newer_than => $2)',
      timescale_schema())
      USING (unwanted + 1)::timestamp AT TIME ZONE 'UTC', unwanted::timestamp AT TIME ZONE 'UTC';
  END IF;
  EXECUTE format('DROP TABLE IF EXISTS %I', 'hourly_' || to_char(unwanted, 'YYYYMMDD'));
  DELETE FROM daily WHERE day = unwanted;
  DELETE FROM value_counts WHERE day = unwanted;
  DELETE FROM days WHERE day = unwanted;
  IF NOT EXISTS (SELECT FROM days WHERE day >= month AND day < month + interval '1 month') THEN
    EXECUTE format(
      'DROP TABLE IF EXISTS %I, %I',
      'daily_' || to_char(month, 'YYYYMM'), 'value_counts_' || to_char(month, 'YYYYMM'));
  END IF;
END $$;

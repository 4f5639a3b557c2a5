-- The functions that every Aurora PostgreSQL has, with the columns that the Aurora guide lists ("Aurora PostgreSQL
-- functions reference"), and a cluster of two in two Regions for them to tell of; its master user, and the role of IAM.

CREATE ROLE app;
CREATE ROLE rds_iam;

CREATE FUNCTION aurora_version() RETURNS text LANGUAGE sql AS $$ SELECT '17.7.1' $$;

CREATE FUNCTION aurora_replica_status() RETURNS TABLE (
  server_id text, session_id text, durable_lsn bigint, highest_lsn_rcvd bigint, current_read_lsn bigint,
  cur_replay_latency_in_usec integer, active_txns integer, is_current boolean,
  last_transport_error integer, last_error_timestamp timestamptz, last_update_timestamp timestamptz,
  feedback_xmin xid, feedback_epoch integer, replica_lag_in_msec numeric, log_stream_speed_in_kib_per_second real,
  log_buffer_sequence_number bigint, oldest_read_view_trx_id bigint, oldest_read_view_lsn bigint,
  pending_read_ios integer, read_ios bigint, iops integer, cpu real)
LANGUAGE sql AS $$
  SELECT member.*, NULL::integer, NULL::integer, true, NULL::integer, NULL::timestamptz, now(), NULL::xid,
         NULL::integer, lag, NULL::real, NULL::bigint, NULL::bigint, NULL::bigint, NULL::integer, NULL::bigint,
         NULL::integer, NULL::real
  FROM (VALUES ('aurora-lab-1', 'MASTER_SESSION_ID', 1000::bigint, NULL::bigint, NULL::bigint),
               ('aurora-lab-2', '6ed9cbf1-0c60-4a0b-9e3d-6e8f1d6c5a51', 1000, 1000, 993))
       AS member (server_id, session_id, durable_lsn, highest_lsn_rcvd, current_read_lsn),
       LATERAL (SELECT CASE WHEN session_id = 'MASTER_SESSION_ID' THEN NULL ELSE 12.5 END AS lag) AS behind
$$;

CREATE FUNCTION aurora_global_db_status() RETURNS TABLE (
  aws_region text, highest_lsn_written bigint, durability_lag_in_msec double precision,
  rpo_lag_in_msec double precision, last_lag_calculation_time timestamptz, feedback_epoch integer,
  feedback_xmin xid)
LANGUAGE sql AS $$
  VALUES ('us-east-1', 1000::bigint, -1::float8, -1::float8, '1970-01-01 00:00:00+00'::timestamptz, 0, '1'::xid),
         ('eu-west-1', 998, 420, 390, now(), 0, '1'::xid)
$$;

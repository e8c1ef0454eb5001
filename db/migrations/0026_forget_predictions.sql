-- Predictions, with their feedback, that their endpoint keeps no longer by the watch that was declared for it: at most so
-- many. How many were forgotten.
CREATE FUNCTION "forget_predictions"("most" integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
	"forgotten" integer;
BEGIN
	-- Days come and go meanwhile in no other session.
	PERFORM pg_advisory_xact_lock(7274269);
	WITH "kept" AS (
		SELECT s."id", clock_timestamp() - make_interval(days => (w."config" #>> '{record,keepDays}')::integer) AS "since"
		FROM "watches" w JOIN "served_models" s ON s."project" = w."project" AND s."endpoint" = w."endpoint"
		WHERE w."config" #>> '{record,keepDays}' IS NOT NULL
	), "old" AS MATERIALIZED (
		SELECT p."at", p."id", p."row" FROM "kept" k JOIN "predictions" p ON p."served" = k."id" AND p."at" < k."since"
		LIMIT "most"
	), "told" AS (
		DELETE FROM "feedback" f USING "old" o
		WHERE f."prediction_at" = o."at" AND f."prediction_id" = o."id" AND f."row" = o."row"
	), "gone" AS (
		DELETE FROM "predictions" p USING "old" o WHERE p."at" = o."at" AND p."id" = o."id" AND p."row" = o."row" RETURNING 1
	)
	SELECT count(*) INTO "forgotten" FROM "gone";
	RETURN "forgotten";
END;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION "forget_predictions"(integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "forget_predictions"(integer) TO "ratchet_app";

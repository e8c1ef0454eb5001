CREATE FUNCTION "add_counts"("a" double precision[], "b" double precision[]) RETURNS double precision[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT array_agg(coalesce(x, 0) + coalesce(y, 0) ORDER BY place)
	FROM unnest("a", "b") WITH ORDINALITY AS both_of(x, y, place);
$$;
--> statement-breakpoint
CREATE FUNCTION "add_custom_counts"("a" jsonb, "b" jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT coalesce(jsonb_object_agg(key, CASE
		WHEN x IS NULL THEN y
		WHEN y IS NULL THEN x
		ELSE y || jsonb_build_object(
			'count', (x->>'count')::float8 + (y->>'count')::float8, 'sum', (x->>'sum')::float8 + (y->>'sum')::float8)
	END), '{}'::jsonb)
	FROM jsonb_each("a") AS first_of(key, x) FULL JOIN jsonb_each("b") AS second_of(key, y) USING (key);
$$;
--> statement-breakpoint
-- A minute is added once, since it is there once: hours are whole at any time, also where minutes come late.
CREATE FUNCTION "add_served_minute"() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
	INSERT INTO "served_hours" AS hours
		("endpoint", "at", "model", "version", "answered", "rows", "refused", "failed", "sum_ms", "counts", "custom")
	VALUES (NEW."endpoint", date_trunc('hour', NEW."at", 'UTC'), NEW."model", NEW."version", NEW."answered",
		NEW."rows", NEW."refused", NEW."failed", NEW."sum_ms", NEW."counts", NEW."custom")
	ON CONFLICT ("endpoint", "at", "model", "version") DO UPDATE SET
		"answered" = hours."answered" + EXCLUDED."answered",
		"rows" = hours."rows" + EXCLUDED."rows",
		"refused" = hours."refused" + EXCLUDED."refused",
		"failed" = hours."failed" + EXCLUDED."failed",
		"sum_ms" = hours."sum_ms" + EXCLUDED."sum_ms",
		"counts" = add_counts(hours."counts", EXCLUDED."counts"),
		"custom" = add_custom_counts(hours."custom", EXCLUDED."custom");
	RETURN NULL;
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "served_minutes_add_up" AFTER INSERT ON "served_minutes" FOR EACH ROW EXECUTE FUNCTION "add_served_minute"();
--> statement-breakpoint
REVOKE ALL ON FUNCTION "add_served_minute"(), "add_counts"(double precision[], double precision[]), "add_custom_counts"(jsonb, jsonb) FROM PUBLIC;
--> statement-breakpoint
-- The server of models adds what it counted and reads none of it.
GRANT INSERT ON "served_minutes" TO "ratchet_serving";
--> statement-breakpoint
GRANT SELECT ON "served_minutes", "served_hours" TO "ratchet_app";
--> statement-breakpoint
-- Minutes and hours that began so many days ago. How many of both were forgotten.
CREATE FUNCTION "forget_served_counts"("keep_minutes_days" integer, "keep_hours_days" integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
	"minutes" integer;
	"hours" integer;
BEGIN
	IF least("keep_minutes_days", "keep_hours_days") < 1 THEN
		RAISE EXCEPTION 'days that are kept are % and %, allowed are 1 and more', "keep_minutes_days", "keep_hours_days"
			USING ERRCODE = 'check_violation';
	END IF;
	DELETE FROM "served_minutes" WHERE "at" < clock_timestamp() - make_interval(days => "keep_minutes_days");
	GET DIAGNOSTICS "minutes" = ROW_COUNT;
	DELETE FROM "served_hours" WHERE "at" < clock_timestamp() - make_interval(days => "keep_hours_days");
	GET DIAGNOSTICS "hours" = ROW_COUNT;
	RETURN "minutes" + "hours";
END;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION "forget_served_counts"(integer, integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "forget_served_counts"(integer, integer) TO "ratchet_app";

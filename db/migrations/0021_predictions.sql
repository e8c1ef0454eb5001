-- The two that grow with every request lie in a partition a day, so that a day is dropped at once.
CREATE TABLE "feedback" (
	"prediction_at" timestamp (3) with time zone NOT NULL,
	"prediction_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"source" text NOT NULL,
	"truth" jsonb,
	"reward" double precision,
	"event_at" timestamp (3) with time zone,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "feedback_key" PRIMARY KEY("prediction_at","prediction_id","row","source"),
	CONSTRAINT "feedback_source" CHECK (length(source) between 1 and 200),
	CONSTRAINT "feedback_says_something" CHECK (truth is not null or reward is not null)
) PARTITION BY RANGE ("prediction_at");
--> statement-breakpoint
CREATE TABLE "feedback_aside" (
	"prediction_id" text NOT NULL,
	"row" integer NOT NULL,
	"source" text NOT NULL,
	"truth" jsonb,
	"reward" double precision,
	"event_at" timestamp (3) with time zone,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "feedback_aside_key" PRIMARY KEY("prediction_id","row","source"),
	CONSTRAINT "feedback_aside_id" CHECK (length(prediction_id) between 1 and 200),
	CONSTRAINT "feedback_aside_source" CHECK (length(source) between 1 and 200),
	CONSTRAINT "feedback_aside_says_something" CHECK (truth is not null or reward is not null)
);
--> statement-breakpoint
CREATE TABLE "predictions" (
	"at" timestamp (3) with time zone NOT NULL,
	"id" uuid NOT NULL,
	"row" integer NOT NULL,
	"served" uuid NOT NULL,
	"variant" text,
	"unit" text,
	"request_id" text,
	"inputs" jsonb NOT NULL,
	"outputs" jsonb NOT NULL,
	CONSTRAINT "predictions_key" PRIMARY KEY("at","id","row"),
	CONSTRAINT "predictions_row" CHECK (row >= 0)
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE TABLE "served_models" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project" text,
	"endpoint" text,
	"model" text NOT NULL,
	"version" text NOT NULL,
	"model_digest" text NOT NULL,
	"image_digest" text,
	"interface" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "served_models_digest" CHECK (model_digest ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
ALTER TABLE "predictions" ADD CONSTRAINT "predictions_served" FOREIGN KEY ("served") REFERENCES "public"."served_models"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "feedback_aside_oldest" ON "feedback_aside" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "predictions_of_model" ON "predictions" USING btree ("served","at");
--> statement-breakpoint
-- Rows of a day that nobody made room for come here, so that none is refused; making the day takes them along.
CREATE TABLE "predictions_other" PARTITION OF "predictions" DEFAULT;
--> statement-breakpoint
CREATE TABLE "feedback_other" PARTITION OF "feedback" DEFAULT;
--> statement-breakpoint
-- Days of UTC from today on, and those of rows that came for a day without a partition. How many were made.
CREATE FUNCTION "make_prediction_days"("days_ahead" integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
	"today" date := clock_timestamp()::date;
	"made" integer := 0;
	"parent" text;
	"time" text;
	"day" date;
	"part" text;
BEGIN
	PERFORM pg_advisory_xact_lock(7274269);
	FOR "parent", "time" IN VALUES ('predictions', 'at'), ('feedback', 'prediction_at') LOOP
		FOR "day" IN EXECUTE format(
			'SELECT $1 + n FROM generate_series(0, $2) AS n UNION SELECT DISTINCT %I::date FROM %I WHERE %I < $1 + 1 ORDER BY 1',
			"time", "parent" || '_other', "time") USING "today", "days_ahead"
		LOOP
			"part" := "parent" || to_char("day", '"_"YYYYMMDD');
			CONTINUE WHEN to_regclass('public.' || "part") IS NOT NULL;
			-- In the order in which whoever adds rows locks them. A row that came between the moving and the attaching
			-- would be one too many.
			LOCK TABLE "served_models" IN SHARE ROW EXCLUSIVE MODE;
			EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', "parent" || '_other');
			EXECUTE format('CREATE TABLE public.%I (LIKE %I INCLUDING ALL)', "part", "parent");
			EXECUTE format('WITH moved AS (DELETE FROM %I WHERE %I >= %L AND %I < %L RETURNING *) INSERT INTO %I SELECT * FROM moved',
				"parent" || '_other', "time", "day", "time", "day" + 1, "part");
			EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', "parent", "part", "day", "day" + 1);
			"made" := "made" + 1;
		END LOOP;
	END LOOP;
	RETURN "made";
END;
$$;
--> statement-breakpoint
-- Days that ended so many days ago, and feedback that waited for its prediction as long. How many were dropped.
CREATE FUNCTION "drop_prediction_days"("keep_days" integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
	"oldest" date := clock_timestamp()::date - "keep_days";
	"dropped" integer := 0;
	"part" text;
BEGIN
	IF "keep_days" < 1 THEN
		RAISE EXCEPTION 'days that are kept are %, allowed are 1 and more', "keep_days" USING ERRCODE = 'check_violation';
	END IF;
	PERFORM pg_advisory_xact_lock(7274269);
	FOR "part" IN
		SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
		WHERE inhparent IN ('predictions'::regclass, 'feedback'::regclass)
			AND relname ~ '_[0-9]{8}$' AND to_date(right(relname, 8), 'YYYYMMDD') < "oldest"
		ORDER BY relname DESC
	LOOP
		-- In the order in which whoever adds rows locks them.
		LOCK TABLE "served_models", "predictions", "feedback" IN ACCESS EXCLUSIVE MODE;
		EXECUTE format('DROP TABLE %I', "part");
		"dropped" := "dropped" + 1;
	END LOOP;
	DELETE FROM "predictions_other" WHERE "at" < "oldest";
	DELETE FROM "feedback_other" WHERE "prediction_at" < "oldest";
	DELETE FROM "feedback_aside" WHERE "received_at" < "oldest";
	RETURN "dropped";
END;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION "make_prediction_days"(integer), "drop_prediction_days"(integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "make_prediction_days"(integer), "drop_prediction_days"(integer) TO "ratchet_app";
--> statement-breakpoint
-- Feedback that was kept aside goes to its prediction when that is there.
GRANT SELECT ON "served_models", "predictions", "feedback", "feedback_aside" TO "ratchet_app";
--> statement-breakpoint
GRANT INSERT ON "feedback" TO "ratchet_app";
--> statement-breakpoint
GRANT DELETE ON "feedback_aside" TO "ratchet_app";
--> statement-breakpoint
-- The server of models adds what it saw and reads none of it: of a prediction only whether it is there.
GRANT INSERT ON "served_models", "predictions", "feedback", "feedback_aside" TO "ratchet_serving";
--> statement-breakpoint
GRANT SELECT ("at", "id", "row") ON "predictions" TO "ratchet_serving";

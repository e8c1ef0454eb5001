-- Roles belong to the whole server: another database of it may have made them already, or be making them now.
-- Made here they cannot log in; whoever runs the server gives them a password.
DO $$
DECLARE
	wanted text;
BEGIN
	FOREACH wanted IN ARRAY ARRAY['ratchet_app', 'ratchet_serving'] LOOP
		IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
			BEGIN
				EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
			EXCEPTION WHEN duplicate_object OR unique_violation THEN
				RAISE NOTICE 'role % was made by another session', wanted;
			END;
		END IF;
	END LOOP;
END;
$$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA "public" TO "ratchet_app", "ratchet_serving";
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "projects", "runs", "run_steps", "run_metrics", "run_logs", "feature_vectors", "dataset_tags" TO "ratchet_app";
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "run_scores", "run_refusals" TO "ratchet_app";
--> statement-breakpoint
-- What is written once stays as it was written: no update and no delete.
GRANT SELECT, INSERT ON "run_results", "feature_views", "dataset_versions", "dataset_views", "evaluations", "test_looks", "model_versions", "model_version_views", "effects", "idempotency_keys" TO "ratchet_app";
--> statement-breakpoint
GRANT SELECT ON "model_aliases" TO "ratchet_app";

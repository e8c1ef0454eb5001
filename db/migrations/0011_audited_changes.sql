-- A version of a feature view is named by datasets and models, as a version of a dataset is.
CREATE CONSTRAINT TRIGGER "audit_feature_declared" AFTER INSERT ON "feature_views"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('feature.declared', 'project', 'name @ version', 'digest,commit');
--> statement-breakpoint
-- What decides of whom and of what a project and a run are stays as it was written: a change of it would have no row.
REVOKE UPDATE ON "projects", "runs" FROM "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("ref", "commit", "config", "updated_at") ON "projects" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("ref", "commit", "status", "reason", "round", "ended_at") ON "runs" TO "ratchet_app";

-- A server of models reads where an alias leads, and which file a version is; of how a version came about it sees nothing.
GRANT SELECT ("project", "model", "version", "file") ON "model_versions" TO "ratchet_serving";
--> statement-breakpoint
GRANT SELECT ON "model_aliases" TO "ratchet_serving";

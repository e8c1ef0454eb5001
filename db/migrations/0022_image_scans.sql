CREATE TABLE "image_scans" (
	"project" text NOT NULL,
	"endpoint" text NOT NULL,
	"image_digest" text NOT NULL,
	"verdict" text NOT NULL,
	"reasons" jsonb NOT NULL,
	"refused" jsonb NOT NULL,
	"refused_digest" text NOT NULL,
	"packages" integer NOT NULL,
	"advisories" text,
	"database_of" timestamp (3) with time zone,
	"scanned_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "image_scans_key" PRIMARY KEY("project","endpoint","image_digest"),
	CONSTRAINT "image_scans_image_digest" CHECK (image_digest ~ '^sha256:[0-9a-f]{64}$'),
	CONSTRAINT "image_scans_reasons" CHECK (jsonb_array_length(reasons) > 0),
	CONSTRAINT "image_scans_verdict" CHECK (verdict in ('pass', 'fail', 'inconclusive', 'error')),
	CONSTRAINT "image_scans_refused_digest" CHECK (refused_digest ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "image_scans_advisories" CHECK (advisories ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
ALTER TABLE "image_scans" ADD CONSTRAINT "image_scans_endpoint" FOREIGN KEY ("project","endpoint") REFERENCES "public"."endpoints"("project","endpoint") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
GRANT SELECT, INSERT ON "image_scans" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("verdict", "reasons", "refused", "refused_digest", "packages", "advisories", "database_of", "scanned_at") ON "image_scans" TO "ratchet_app";

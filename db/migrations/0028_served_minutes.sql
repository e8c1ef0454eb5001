CREATE TABLE "served_hours" (
	"endpoint" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"model" text NOT NULL,
	"version" text NOT NULL,
	"answered" bigint NOT NULL,
	"rows" bigint NOT NULL,
	"refused" bigint NOT NULL,
	"failed" bigint NOT NULL,
	"sum_ms" double precision NOT NULL,
	"counts" double precision[] NOT NULL,
	"custom" jsonb NOT NULL,
	CONSTRAINT "served_hours_key" PRIMARY KEY("endpoint","at","model","version"),
	CONSTRAINT "served_hours_endpoint" CHECK (length(endpoint) between 1 and 200),
	CONSTRAINT "served_hours_model" CHECK (length(model) between 1 and 200),
	CONSTRAINT "served_hours_version" CHECK (length(version) between 1 and 200),
	CONSTRAINT "served_hours_counts" CHECK (least(answered, rows, refused, failed, sum_ms) >= 0)
);
--> statement-breakpoint
CREATE TABLE "served_minutes" (
	"endpoint" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"model" text NOT NULL,
	"version" text NOT NULL,
	"server" uuid NOT NULL,
	"answered" bigint NOT NULL,
	"rows" bigint NOT NULL,
	"refused" bigint NOT NULL,
	"failed" bigint NOT NULL,
	"sum_ms" double precision NOT NULL,
	"counts" double precision[] NOT NULL,
	"custom" jsonb NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "served_minutes_key" PRIMARY KEY("endpoint","at","model","version","server"),
	CONSTRAINT "served_minutes_endpoint" CHECK (length(endpoint) between 1 and 200),
	CONSTRAINT "served_minutes_model" CHECK (length(model) between 1 and 200),
	CONSTRAINT "served_minutes_version" CHECK (length(version) between 1 and 200),
	CONSTRAINT "served_minutes_counts" CHECK (least(answered, rows, refused, failed, sum_ms) >= 0)
);
--> statement-breakpoint
CREATE INDEX "served_hours_oldest" ON "served_hours" USING btree ("at");--> statement-breakpoint
CREATE INDEX "served_minutes_oldest" ON "served_minutes" USING btree ("at");
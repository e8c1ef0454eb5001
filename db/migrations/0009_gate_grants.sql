-- The application reads everything here, keys and the chain included, and writes as narrowly as each row allows.
GRANT SELECT ON "accounts", "sign_in_codes", "tokens", "members", "delegations", "policies", "policy_verdicts", "approvals", "votes", "stage_moves", "attestations", "signing_keys", "audit_events", "audit_head", "audit_checkpoints" TO "ratchet_app";
--> statement-breakpoint
GRANT INSERT ON "accounts", "sign_in_codes", "tokens", "members", "delegations", "policies", "policy_verdicts", "approvals", "votes", "stage_moves", "attestations", "audit_checkpoints" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("disabled_at") ON "accounts" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("used_at") ON "sign_in_codes" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("last_used_at", "revoked_at") ON "tokens" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE, DELETE ON "members" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("ended_at") ON "delegations" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("out_of_force_at") ON "policies" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("status", "reason", "stage") ON "approvals" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("status", "refusal", "stage", "channel") ON "votes" TO "ratchet_app";
--> statement-breakpoint
-- An alias is set and taken away, as a stage move says; rules ask at commit that both agree.
GRANT INSERT, DELETE ON "model_aliases" TO "ratchet_app";
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "audit_append"(text, text, text, jsonb) TO "ratchet_app";

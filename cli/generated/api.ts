/* Generated from the OpenAPI document of the gateway by `npx tsx scripts/docs/api-client.ts`. */
export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the gateway answers. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It does. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "ok";
                        };
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This API as OpenAPI 3.1. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The document. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            [key: string]: unknown;
                        };
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a token for a code, once. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignIn"];
                };
            };
            responses: {
                /** @description The token, which is shown this once. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignedIn"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-in/oidc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sends a browser to the OpenID provider. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description To the provider. */
                302: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-in/oidc/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the OpenID provider sends the browser back to: a code for the command line. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The code. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All accounts, by name. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The accounts. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            accounts: components["schemas"]["Account"][];
                        };
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        /** Makes an account; a person who does not sign in by OpenID Connect gets a set-up code. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AddAccount"];
                };
            };
            responses: {
                /** @description The code, which is shown this once. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SetUpCode"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{account}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turns an account off: its tokens and codes are worth nothing from then on. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    account: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The account. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Account"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{account}/set-up-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a person another set-up code. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    account: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The code, which is shown this once. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SetUpCode"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/whoami": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who calls, how they signed in, and what they may do where. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The caller. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Whoami"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tokens without their secrets, with their last use. */
        get: {
            parameters: {
                query?: {
                    /** @description Of another account, for administrators. Default: your own. */
                    account?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The tokens, oldest first. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            tokens: components["schemas"]["Token"][];
                        };
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        /** Makes a token for yourself, or as an administrator for a machine account. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AddToken"];
                };
            };
            responses: {
                /** @description The token, which is shown this once. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignedIn"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a token worth nothing. */
        post: {
            parameters: {
                query?: {
                    /** @description Of another account, for administrators. Default: your own. */
                    account?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The tokens of the account. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            tokens: components["schemas"]["Token"][];
                        };
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The projects that the caller may read. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The projects, by name. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            projects: components["schemas"]["Project"][];
                        };
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        /** Reads ratchet.project.yaml of a repository and puts it in force. Doing it again reads it again. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AddProject"];
                };
            };
            responses: {
                /** @description The project. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AppliedProject"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{project}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One project. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The project. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Project"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{project}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What applying a commit would change, which runs its push asks for, and what is not as Git has it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AskedPlan"];
                };
            };
            responses: {
                /** @description The plan. Nothing is changed. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Plan"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hooks/{project}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a webhook of a Git host, or of a sender of Standard Webhooks. Its signature is its right. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": Record<string, never>;
                    "application/cloudevents+json": Record<string, never>;
                };
            };
            responses: {
                /** @description It is stored, and handled soon. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Received"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{project}/hook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where webhooks of the project are sent to, and what signs them. Who reads it is recorded. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Path and secret. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProjectHook"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{project}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Webhooks and events that came for a project, newest first, and what became of them. */
        get: {
            parameters: {
                query?: {
                    /** @description How many, 1 to 1000. */
                    limit?: number;
                };
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The deliveries. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            deliveries: components["schemas"]["Delivery"][];
                        };
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{project}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes an event of a program of yours: plain JSON, or a CloudEvent 1.0 in either mode. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SendEvent"];
                    "application/cloudevents+json": Record<string, never>;
                };
            };
            responses: {
                /** @description It is stored, and handled soon. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Received"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hooks/alertmanager/{project}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes alerts of Alertmanager (webhook, version 4). One that fires is an event of the model of its endpoint. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AlertmanagerNotification"];
                };
            };
            responses: {
                /** @description They are stored, and handled soon. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TakenAlerts"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/triggers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What might start runs, newest first, with what became of it. */
        get: {
            parameters: {
                query?: {
                    project?: string;
                    model?: string;
                    kind?: "push" | "schedule" | "new-data" | "monitoring" | "event" | "promotion" | "manual";
                    outcome?: "started" | "merged" | "suppressed" | "pending";
                    /** @description Causes of this run. */
                    run?: string;
                    limit?: number;
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TriggerEventPage"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/triggers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One event: what it says, what became of it, or what it waits for. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The event. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TriggerEventDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/{project}/{model}/fire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks for a run as a person does. The same Idempotency-Key is one event, however often it is sent. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "idempotency-key"?: string;
                };
                path: {
                    project: string;
                    model: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["FireTrigger"];
                };
            };
            responses: {
                /** @description The event, as it is at this moment. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TriggerEventDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/{project}/{model}/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes an alarm of the monitoring. The same id is one alarm, however often it is sent. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    model: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SendAlarm"];
                };
            };
            responses: {
                /** @description It is stored, and handled soon. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TriggerEvent"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/{project}/{model}/veto": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops the automatic run that is announced. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    model: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Reason"];
                };
            };
            responses: {
                /** @description How many events asked for it. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Veto"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/{project}/{model}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets no event start a run of the model until it is released. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    model: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Reason"];
                };
            };
            responses: {
                /** @description The hold. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Hold"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/{project}/{model}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a hold; what waited for that begins. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    model: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Reason"];
                };
            };
            responses: {
                /** @description The hold that is over. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Hold"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Schedules as Git declares them, with what Temporal says of them. */
        get: {
            parameters: {
                query?: {
                    project?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The schedules, project by project. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ScheduleList"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedules/{project}/{model}/{name}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops a timetable until it is resumed. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    model: string;
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Reason"];
                };
            };
            responses: {
                /** @description The pause. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SchedulePause"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedules/{project}/{model}/{name}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets a timetable go on. Slots that came meanwhile are not made up for. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    model: string;
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Reason"];
                };
            };
            responses: {
                /** @description The pause that is over. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SchedulePause"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedules/{project}/{model}/{name}/run-now": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Fires a slot that is now, also of a timetable that is paused. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    model: string;
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It fires. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AskedSchedule"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedules/{project}/{model}/{name}/backfill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Fires the slots between two instants. A slot that fired before is one event with that. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    model: string;
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Backfill"];
                };
            };
            responses: {
                /** @description The slots. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FiredSchedule"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Notices on their way to people and programs, newest first. */
        get: {
            parameters: {
                query?: {
                    project?: string;
                    status?: "pending" | "delivered" | "dead";
                    limit?: number;
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LetterPage"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/letters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One letter, with every try to deliver it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The letter. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LetterDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{project}/letters/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries dead letters of a project again. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description How many. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Redriven"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{project}/letters/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a test to every target of the notifications of a project. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Where it is on its way to. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TestNotice"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{project}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is what in a project, by the commit that says so. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The members, by name. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            members: components["schemas"]["Member"][];
                        };
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{project}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Changes of members, roles, sources and policies that wait for approval. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Their approvals, newest first. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApprovalPage"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{project}/delegations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who votes in whose place, also those that are over. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Oldest first. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            delegations: components["schemas"]["Delegation"][];
                        };
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        /** Lets another member vote in your place, for a time. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Delegate"];
                };
            };
            responses: {
                /** @description The delegation. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Delegation"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{project}/delegations/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a delegation at once. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The delegation. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Delegation"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people are asked, newest first. */
        get: {
            parameters: {
                query?: {
                    project?: string;
                    status?: "open" | "approved" | "rejected" | "expired" | "withdrawn" | "void" | "superseded";
                    kind?: "promotion" | "change";
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApprovalPage"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/{project}/{subject}/{round}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What exactly is approved: the difference to the champion, verdicts, authors, votes, and why you may vote. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    subject: string;
                    round: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The approval. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApprovalDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/{project}/{subject}/{round}/votes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs your vote, stores it, tells the workflow of it, and answers what became of it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    subject: string;
                    round: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CastVote"];
                };
            };
            responses: {
                /** @description The vote. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VoteReceipt"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/{project}/{subject}/{round}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends an approval before it is decided. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    subject: string;
                    round: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Reason"];
                };
            };
            responses: {
                /** @description How it ended. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Withdrawn"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{project}/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Policies that are in force: the organisation's first, then those of the project's models. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The policies. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            policies: components["schemas"]["PolicyInForce"][];
                        };
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/{project}/{model}/{version}/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest verdict about a version: every rule with number, limit and distance. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    model: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The verdict. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PolicyVerdict"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/{project}/{model}/{version}/policy/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The facts that the newest verdict about a version was made of. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    model: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The facts, as the policy names them. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            [key: string]: unknown;
                        };
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Needed by everybody but administrators. */
                    project?: string;
                    actor?: string;
                    action?: string;
                    subject?: string;
                    /** @description Rows before this number. */
                    before?: number;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The rows. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            events: components["schemas"]["AuditEvent"][];
                        };
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the chain is whole: no edit, no deletion, no reorder, no truncation. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What was found. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuditReport"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rows as lines of JSON, oldest first. */
        get: {
            parameters: {
                query?: {
                    project?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The rows. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What differs between runs. */
        get: {
            parameters: {
                query: {
                    /** @description Run ids with a comma between, 2 to 20. */
                    ids: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Only what differs, a row each. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunComparison"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs, newest first or best first by a metric. */
        get: {
            parameters: {
                query?: {
                    project?: string;
                    model?: string;
                    status?: "running" | "waiting" | "succeeded" | "refused" | "failed" | "cancelled";
                    /** @description Metric of the test split to sort by, best first. */
                    sortBy?: "accuracy" | "precision" | "recall" | "f1" | "rocAuc" | "prAuc" | "logLoss" | "skill" | "brier" | "calibrationError" | "mae" | "mse" | "rmse" | "r2" | "residualP05" | "residualP25" | "residualP50" | "residualP75" | "residualP95" | "anomalyRate" | "separation" | "silhouette" | "daviesBouldin";
                    /** @description Which way is better. Default: as the catalogue of metrics says. */
                    direction?: "higher" | "lower";
                    limit?: number;
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunPage"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        /** Starts a run. The same id, or the same Idempotency-Key, starts one run, however often it is sent. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["StartRun"];
                };
            };
            responses: {
                /** @description The run with its steps. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One run. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The run with its steps. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the training reported while it ran. Self-reported: nothing is judged by it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The points in order. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MetricSeries"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/logs/{step}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The log of a step, or of a program of the policy: `policy-<program>`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    step: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The log. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancels a run; ended ones stay as they are. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The run with its steps. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Goes on with an ended run, from the first step whose inputs changed. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ResumeRun"];
                };
            };
            responses: {
                /** @description The run with its steps. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Dataset versions, newest first. */
        get: {
            parameters: {
                query?: {
                    project?: string;
                    name?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The versions. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            datasets: components["schemas"]["Dataset"][];
                        };
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{project}/{name}/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version, with its manifest. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    name: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The version. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DatasetDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{project}/{name}/{version}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changed from one version to another. */
        get: {
            parameters: {
                query: {
                    with: string;
                };
                header?: never;
                path: {
                    project: string;
                    name: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The changes. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DatasetDiff"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{project}/{name}/{version}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Names a version, or a subset of its rows. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    name: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Tag"];
                };
            };
            responses: {
                /** @description The version. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DatasetDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{project}/{name}/{version}/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Builds the version again from what was collected then, and compares the digests. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    name: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The comparison. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Rebuild"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/features": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Feature views, newest version of each. */
        get: {
            parameters: {
                query?: {
                    project?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The views. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            features: components["schemas"]["FeatureView"][];
                        };
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/features/{project}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One feature view: definition, stored vectors, which datasets use it. */
        get: {
            parameters: {
                query?: {
                    version?: number;
                };
                header?: never;
                path: {
                    project: string;
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The view. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FeatureDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/{project}/{model}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which version took, lost or was refused which place, when, by whom, and why. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    model: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The moves, newest first. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            moves: components["schemas"]["StageMove"][];
                        };
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/{project}/{model}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was live at a time, who let it in, and what it replaced. */
        get: {
            parameters: {
                query?: {
                    /** @description Default: now. */
                    at?: string;
                };
                header?: never;
                path: {
                    project: string;
                    model: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The version. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LiveAt"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/{project}/{model}/{version}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changed from another version to this one: code, configuration, data, metrics, slices, interface. */
        get: {
            parameters: {
                query: {
                    with: string;
                };
                header?: never;
                path: {
                    project: string;
                    model: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The changes. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VersionDiff"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/{project}/{model}/{version}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Starts what makes a version champion: programs decide, and people where the policy asks them. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    model: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description How far it is. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Promotion"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/{project}/{model}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The version before becomes champion again, in one step, also at the endpoints that follow the model. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    model: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Reason"];
                };
            };
            responses: {
                /** @description The move. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StageMove"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/{project}/{model}/{version}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a version out of use for good; one that is live is refused. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    model: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Reason"];
                };
            };
            responses: {
                /** @description The move. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StageMove"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Model versions, newest first. */
        get: {
            parameters: {
                query?: {
                    project?: string;
                    model?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The versions. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            models: components["schemas"]["ModelVersion"][];
                        };
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/{project}/{model}/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version with its model card. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    model: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The version. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ModelDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/{project}/{model}/{version}/evaluation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole evaluation: metrics by split and slice, curves, charts, gates. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    model: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The evaluation. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EvaluationReport"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/{project}/{model}/{version}/files/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ONNX file of a version, or its model card as JSON. Every answer is a row of the audit. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    model: string;
                    version: string;
                    file: "model" | "card";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The bytes. `ETag` is their SHA-256. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{project}/{name}/{version}/files/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rows of a split, or those that were set aside, as Parquet. Every answer is a row of the audit. `test` is refused. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    name: string;
                    version: string;
                    file: "train" | "validation" | "test" | "quarantine";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The bytes. `ETag` is their SHA-256. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Endpoints as Git declares them, with what is live; those that are retired too. */
        get: {
            parameters: {
                query?: {
                    project?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The endpoints, by project and name. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EndpointList"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Images that revisions of endpoints ran. */
        get: {
            parameters: {
                query?: {
                    project?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The images, the newest first. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImageList"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{project}/{endpoint}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One endpoint: what Git says, what is wanted, what runs, and what was live when. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    endpoint: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The endpoint. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EndpointDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{project}/{endpoint}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest lines that its replicas wrote. */
        get: {
            parameters: {
                query?: {
                    lines?: number;
                };
                header?: never;
                path: {
                    project: string;
                    endpoint: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The lines. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EndpointLog"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{project}/{endpoint}/predict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks the endpoint, to try it out. Programs ask it at its own address. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    endpoint: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            responses: {
                /** @description The answer of the endpoint, as it came. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": unknown;
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{project}/{endpoint}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Builds and deploys the endpoint again, as Git says, with the champion. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    endpoint: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["StartRelease"];
                };
            };
            responses: {
                /** @description The release. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReleaseDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{project}/{endpoint}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The revision before is deployed again as it was: model, code and image. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    endpoint: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["StartRelease"];
                };
            };
            responses: {
                /** @description The release. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReleaseDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{project}/{endpoint}/scale": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets how many replicas answer, until Git says another number. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    endpoint: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["StartRelease"] & {
                        /** @description Null: as Git says. */
                        replicas: number | null;
                    };
                };
            };
            responses: {
                /** @description The release. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReleaseDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{project}/{endpoint}/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tells the endpoint what turned out to be true. Without a source, the caller is the one who knows. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description What a source that has a token must show; it goes to the endpoint. */
                    "x-ratchet-source-token"?: string;
                };
                path: {
                    project: string;
                    endpoint: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    }[];
                };
            };
            responses: {
                /** @description What the endpoint says of it, in rows. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FeedbackReply"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{project}/{endpoint}/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks the model files that answered in a span of time for the same again, and compares. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    endpoint: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReplayAnswers"];
                };
            };
            responses: {
                /** @description What is the same and what is not. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReplayedAnswers"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Incidents of the monitoring, newest first, with what became of the runs that they asked for. */
        get: {
            parameters: {
                query?: {
                    project?: string;
                    endpoint?: string;
                    open?: "true" | "false";
                    limit?: number;
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IncidentPage"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One incident: the windows that saw it, the rule in words, and what followed. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The incident. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IncidentDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that the caller looks after an incident. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The incident. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IncidentDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Closes an incident. Its cause opens another where it is seen again. Runs that waited for its end begin. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CloseIncident"];
                };
            };
            responses: {
                /** @description The incident. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IncidentDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{project}/{endpoint}/monitoring": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How an endpoint is watched, what its last windows looked like, and what is open. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    endpoint: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What the watch knows. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Monitoring"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{project}/{endpoint}/monitoring/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last windows and incidents of an endpoint as one page, with its charts and their numbers. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    endpoint: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MonitoringReport"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{project}/{endpoint}/silences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets incidents of an endpoint tell nobody until an end. They are recorded all the same. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    endpoint: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SetSilence"];
                };
            };
            responses: {
                /** @description The silence. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Silence"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{project}/{endpoint}/value": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the answers of an endpoint were worth beside a constant answer, and what they cost. */
        get: {
            parameters: {
                query?: {
                    /** @description Windows that begin here or later; without it the oldest window that is kept. */
                    from?: string;
                    /** @description Windows that end here or before; without it the newest that is kept. */
                    to?: string;
                };
                header?: never;
                path: {
                    project: string;
                    endpoint: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The value against the cost. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EndpointValue"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{project}/{endpoint}/traffic": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the servers of an endpoint answered and what not, how long it took, and what its application counted. */
        get: {
            parameters: {
                query?: {
                    /** @description Minutes are kept for 8 days, hours for 400. */
                    step?: "minute" | "hour" | "day";
                    /** @description Without it 60 minutes, 24 hours or 30 days before the end, by the step. */
                    from?: string;
                    /** @description Without it this moment. */
                    to?: string;
                };
                header?: never;
                path: {
                    project: string;
                    endpoint: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Version by version, step by step. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Traffic"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{project}/{endpoint}/predictions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The raw record of a span of event time: lines of JSON, the first with the columns, the last with how many rows came. Every answer is a row of the audit. */
        get: {
            parameters: {
                query: {
                    /** @description The first event. */
                    from: string;
                    /** @description Up to here, and not this. */
                    to: string;
                    /** @description Whether sensitive columns of the model come with it. */
                    sensitive?: "true" | "false";
                };
                header?: never;
                path: {
                    project: string;
                    endpoint: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The lines. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Releases of endpoints, newest first, at most 100. */
        get: {
            parameters: {
                query?: {
                    project?: string;
                    endpoint?: string;
                    status?: "running" | "waiting" | "succeeded" | "refused" | "failed" | "cancelled";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The releases. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReleaseList"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One release. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The release with its steps. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReleaseDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{id}/logs/{step}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The log of a step, such as the tests of the serving code. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    step: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The log. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops a release that has not begun to deploy; ended ones stay as they are. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The release with its steps. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReleaseDetail"];
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Workers by queue, with free slots and when each was last seen. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The workers. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            workers: components["schemas"]["Worker"][];
                        };
                    };
                };
                /** @description An error. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        SendEvent: {
            /** @description Key of `triggers.events` in the ratchet.yaml of a model. */
            name: string;
            /** @description Yours; the same id again is the same event. Default: a new one. */
            id?: string;
            /**
             * Format: date-time
             * @description When it was. Default: now.
             */
            at?: string;
            /** @description What a filter of the trigger looks at: JSON of at most 48 KiB. */
            payload?: unknown;
        };
        Error: {
            error: {
                /** @description A code of the catalogue. */
                code: string;
                /** @description What was wrong, what came, what is allowed. */
                message: string;
                /** @description Facts that help to mend it. */
                details: {
                    [key: string]: unknown;
                };
            };
        };
        SignedIn: {
            account: string;
            /** @description Shown this once. */
            token: string;
            id: string;
            /** @description ISO-8601, UTC. */
            expiresAt: string;
        };
        SignIn: {
            /** @description A set-up code, or what the page after OpenID Connect shows. */
            code: string;
            /**
             * @description What the token is called in lists.
             * @default sign-in
             */
            label: string;
        };
        SetUpCode: {
            account: string;
            /** @description For `ratchet sign-in --code`, once; null where there is none to give. */
            code: string | null;
            /** @description ISO-8601, UTC. */
            expiresAt: string | null;
        };
        AddAccount: {
            /** @description Name of the account, as in the members of a project. */
            name: string;
            /**
             * @default person
             * @enum {string}
             */
            kind: "person" | "machine";
            /**
             * Format: email
             * @description Address that OpenID Connect verifies; for people alone.
             */
            email?: string;
            /**
             * @description Administers the platform, and may not vote by that.
             * @default false
             */
            admin: boolean;
            /**
             * @description Whether a person gets a set-up code at once; another can be had at any time.
             * @default true
             */
            code: boolean;
        };
        Account: {
            name: string;
            /** @enum {string} */
            kind: "person" | "machine";
            /** @description Address by which OpenID Connect knows the person. */
            email: string | null;
            admin: boolean;
            /** @description ISO-8601, UTC. */
            disabledAt: string | null;
            /** @description ISO-8601, UTC. */
            createdAt: string;
        };
        Whoami: {
            account: string;
            /** @enum {string} */
            kind: "person" | "machine";
            admin: boolean;
            /**
             * @description How the caller proved who they are.
             * @enum {string}
             */
            method: "set-up-code" | "oidc" | "issued" | "stack";
            /** @description All that the token may do; null for all that its account may. */
            scopes: ("public" | "account" | "read" | "run" | "tag" | "project" | "pull-data" | "pull-model" | "vote" | "promote" | "retire" | "serve" | "feedback" | "audit" | "administer")[] | null;
            onlyProject: string | null;
            /** @description When the token is over; null for the stack's own. */
            expiresAt: string | null;
            /** @description By project. */
            roles: {
                [key: string]: ("data-engineer" | "data-scientist" | "ml-engineer" | "application-developer" | "business-analyst" | "it-operations" | "reviewer" | "admin")[];
            };
            /** @description What this token may do, by project. */
            may: {
                [key: string]: ("public" | "account" | "read" | "run" | "tag" | "project" | "pull-data" | "pull-model" | "vote" | "promote" | "retire" | "serve" | "feedback" | "audit" | "administer")[];
            };
        };
        AddToken: {
            /** @description What it is for, in a word. */
            label: string;
            /** @description A machine account, for administrators. Default: your own. */
            account?: string;
            scopes?: ("read" | "run" | "tag" | "project" | "pull-data" | "pull-model" | "vote" | "promote" | "retire" | "serve" | "feedback" | "audit" | "administer")[];
            /** @description The one project that it is for. */
            project?: string;
            /**
             * @description How long it is good.
             * @default 90
             */
            days: number;
        };
        Token: {
            id: string;
            account: string;
            label: string;
            /** @enum {string} */
            method: "set-up-code" | "oidc" | "issued" | "stack";
            /** @description All that the token may do; null for all that its account may. */
            scopes: ("public" | "account" | "read" | "run" | "tag" | "project" | "pull-data" | "pull-model" | "vote" | "promote" | "retire" | "serve" | "feedback" | "audit" | "administer")[] | null;
            onlyProject: string | null;
            /** @description ISO-8601, UTC. */
            expiresAt: string;
            /** @description To the minute. */
            lastUsedAt: string | null;
            /** @description ISO-8601, UTC. */
            revokedAt: string | null;
            /** @description ISO-8601, UTC. */
            createdAt: string;
        };
        AppliedProject: components["schemas"]["Project"] & {
            /** @description Members, changes, sources and policies that wait for approval; null where all is in force. */
            change: {
                /** @description The approval that asks for it. */
                approval: string;
                /** @description What would change, in a line. */
                differences: string;
            } | null;
        };
        Project: {
            name: string;
            repo: string;
            ref: string;
            commit: string;
            /** @description Whether its policy.yaml holds for every project. */
            organisation: boolean;
            models: string[];
            sources: {
                name: string;
                kind: string;
            }[];
            updatedAt: string;
        };
        AddProject: {
            /** @description Address of the repository: https, ssh, or a local path where the settings allow it. */
            repo: string;
            /**
             * @description Branch that is tracked.
             * @default main
             */
            ref: string;
        };
        Plan: {
            project: string;
            commit: {
                id: string;
                ref: string;
                author: string;
                subject: string;
                committedAt: string;
            };
            /** @description The head that was handled last, which changed files are counted from; null: all count. */
            since: string | null;
            /** @description Changed files. */
            files: number;
            /** @description What applying it creates, updates and removes, at most 1,000. */
            changes: {
                /** @enum {string} */
                part: "setting" | "model" | "schedule" | "endpoint" | "member" | "changes" | "source" | "policy" | "organisation";
                /** @description Of a schedule its id on the server. */
                name: string;
                /** @enum {string} */
                change: "create" | "update" | "remove";
                because: string;
                /** @description Whether people are asked before it is in force. */
                asks: boolean;
            }[];
            /** @description How many there are beside. */
            moreChanges: number;
            /** @description Who approves what `asks`; null where nobody is asked. */
            approval: {
                role: string;
                quorum: number;
            } | null;
            /** @description Runs that its push asks for. */
            runs: {
                model: string;
                /** @description Changed files that it is made of, at most 5. */
                paths: string[];
                /** @description How many there are. */
                files: number;
                /**
                 * @description The highest of its changes.
                 * @enum {string}
                 */
                risk: "low" | "medium" | "high";
                changes: {
                    /** @enum {string} */
                    type: "serving-bug-fix" | "serving-libraries" | "base-image" | "serving-feature" | "serving-api" | "minor-dataset" | "major-dataset" | "hyperparameters" | "architecture" | "unrecognised";
                    /** @enum {string} */
                    risk: "low" | "medium" | "high";
                    because: string;
                }[];
                /** @description Why it would wait all the same; null where it would not. */
                waits: string | null;
            }[];
            /** @description What would start something, and by which rule it does not. */
            suppressed: {
                model: string;
                /** @enum {string} */
                rule: "turned-off" | "filter" | "cool-down" | "budget" | "veto" | "held" | "no-such-time" | "superseded" | "no-pipeline";
                reason: string;
            }[];
            /** @description What is not as Git has it, as somebody changed it by hand. */
            drift: {
                /** @enum {string} */
                part: "setting" | "model" | "schedule" | "endpoint" | "member" | "changes" | "source" | "policy" | "organisation";
                name: string;
                is: string;
            }[];
            /** @description What could not be looked at; null where all was. */
            notice: string | null;
        };
        AskedPlan: {
            /** @description Branch, tag, commit or head of a pull request that would be applied. Default: the head of the tracked branch. */
            ref?: string;
        };
        Received: {
            /** @description Of the delivery: what the sender calls it, behind the form that it came in. */
            id: string;
            /** @description Whether it came before; it is still handled once. */
            repeated: boolean;
        };
        ProjectHook: {
            /** @description Where webhooks are sent to, below the address of the gateway. */
            path: string;
            /** @description What GitHub, Gitea and Bitbucket sign with, and what GitLab sends. */
            secret: string;
            /** @description The same secret as Standard Webhooks write it: `whsec_<base64>`. */
            signingSecret: string;
        };
        Delivery: {
            /** @description What the sender calls it, behind the form that it came in. */
            id: string;
            /** @enum {string} */
            form: "github" | "gitlab" | "gitea" | "bitbucket" | "standard-webhooks" | "cloudevents";
            /** @description What it says, in words. */
            what: string;
            /** @description ISO-8601, UTC. */
            receivedAt: string;
            /** @description How often it came again. */
            repeats: number;
            /** @enum {string} */
            status: "pending" | "handled" | "ignored";
            /** @description What became of it, in words. */
            result: string | null;
            /** @description ISO-8601, UTC. */
            handledAt: string | null;
        };
        TakenAlerts: {
            alerts: {
                fingerprint: string;
                endpoint: string;
                /** @enum {string} */
                status: "firing" | "resolved";
                /** @description Id of the event that asks for a run; null for one that is over and was never told. */
                event: string | null;
            }[];
            /** @description Left out by Alertmanager: they come with its next notification. */
            truncatedAlerts: number;
        };
        AlertmanagerNotification: {
            /** @enum {string} */
            version: "4";
            alerts: {
                /** @enum {string} */
                status: "firing" | "resolved";
                /** @description `endpoint` says whose it is; `alertname` what it is called; `project`, if there is one. */
                labels: {
                    [key: string]: string;
                };
                /**
                 * @description `summary` is the rule in words; `value` and `limit` are numbers.
                 * @default {}
                 */
                annotations: {
                    [key: string]: string;
                };
                /**
                 * Format: date-time
                 * @description With the fingerprint: which alert it is.
                 */
                startsAt: string;
                fingerprint: string;
            }[];
            /**
             * @description How many Alertmanager left out.
             * @default 0
             */
            truncatedAlerts: number;
        };
        TriggerEventPage: {
            events: components["schemas"]["TriggerEventDetail"][];
            /** @description Models of those that are listed whose runs a person stopped. */
            holds: components["schemas"]["Hold"][];
            /** @description Pass as "after" for the next page. */
            next: string | null;
        };
        TriggerEventDetail: components["schemas"]["TriggerEvent"] & {
            /** @description What a pending event waits for, in words. */
            waitsFor: string | null;
            /** @description When that ends; null where only a message ends it. */
            waitsUntil: string | null;
        };
        PushFacts: {
            /** @enum {string} */
            kind: "push";
            /** @description Full name, such as `refs/heads/main`. */
            ref: string;
            /** @description Full id of the head that was handled. */
            commit: string;
            /** @description The head that was handled before; null for the first. */
            before: string | null;
            author: string;
            /** @description First line of its message. */
            subject: string;
            /** @description Changed files that made the model train, at most 20. */
            paths: string[];
            /** @description How many of them there are. */
            files: number;
        };
        ScheduleFacts: {
            /** @enum {string} */
            kind: "schedule";
            /** @description Key of `triggers.schedules`. */
            schedule: string;
            /** @description Local date and time, which names the slot. */
            slot: string;
            timeZone: string;
            variant: string | null;
        };
        NewDataFacts: {
            /** @enum {string} */
            kind: "new-data";
            /** @description Key of `triggers.newData`. */
            name: string;
            source: string;
            /** @description Watermark that was taken before; null where none was. */
            from: string | null;
            to: string;
            rows: number;
            /** @description Rows behind `from` that were not there when it was confirmed. */
            late: number;
            /** @description Rows inside of the declared lateness behind `to`. */
            inLateness: number;
        };
        MonitoringFacts: {
            /** @enum {string} */
            kind: "monitoring";
            alarm: string;
            rule: string;
            value: number | null;
            limit: number | null;
            endpoint: string | null;
        };
        CustomFacts: {
            /** @enum {string} */
            kind: "event";
            /** @description Key of `triggers.events`. */
            name: string;
            source: string;
            id: string;
            /** @description Text of JSON; null where it was longer than 4 KiB. */
            payload: string | null;
        };
        PromotionFacts: {
            /** @enum {string} */
            kind: "promotion";
            version: number;
        };
        ManualFacts: {
            /** @enum {string} */
            kind: "manual";
            reason: string | null;
        };
        TriggerEvent: {
            id: string;
            project: string;
            model: string;
            /** @enum {string} */
            kind: "push" | "schedule" | "new-data" | "monitoring" | "event" | "promotion" | "manual";
            /** @description What it is, wherever it comes from: the same key is the same event. */
            key: string;
            /** @description Account or author; null where no person is behind it. */
            by: string | null;
            /** @description Its logical time: the slot's, the commit's, the alarm's. */
            at: string;
            facts: components["schemas"]["PushFacts"] | components["schemas"]["ScheduleFacts"] | components["schemas"]["NewDataFacts"] | components["schemas"]["MonitoringFacts"] | components["schemas"]["CustomFacts"] | components["schemas"]["PromotionFacts"] | components["schemas"]["ManualFacts"];
            /** @description ISO-8601, UTC. */
            receivedAt: string;
            /** @description How often it came again. */
            repeats: number;
            /** @description Since when its run is announced, which may be stopped. */
            proposedAt: string | null;
            /** @description Null while it is pending. */
            outcome: {
                /**
                 * @description Started a run, is a cause of a run that another event started, or starts nothing.
                 * @enum {string}
                 */
                kind: "started" | "merged" | "suppressed";
                /** @description Of `started` and `merged`. */
                runId: string | null;
                /**
                 * @description Of `suppressed`: by which rule.
                 * @enum {string|null}
                 */
                rule: "turned-off" | "filter" | "cool-down" | "budget" | "veto" | "held" | "no-such-time" | "superseded" | "no-pipeline" | null;
                /** @description Of `suppressed`: why, in words. */
                reason: string | null;
            } | null;
            /** @description ISO-8601, UTC. */
            settledAt: string | null;
        };
        Hold: {
            project: string;
            model: string;
            by: string;
            reason: string;
            /** @description ISO-8601, UTC. */
            since: string;
        };
        FireTrigger: {
            /** @description For whoever reads it in a year. */
            reason?: string;
        };
        SendAlarm: {
            /** @description What the alarm is called. */
            alarm: string;
            /** @description By which rule it went off. */
            rule: string;
            /** @description What was measured. */
            value?: number;
            /** @description What it may be. */
            limit?: number;
            /** @description Where it was measured. */
            endpoint?: string;
            /**
             * Format: date-time
             * @description When it went off. Default: now.
             */
            at?: string;
            /** @description Yours; the same id again is the same alarm. Default: made of `alarm` and `at`. */
            id?: string;
        };
        Veto: {
            project: string;
            model: string;
            /** @description How many events asked for the run that was stopped. */
            events: number;
        };
        Reason: {
            reason: string;
        };
        ScheduleList: {
            schedules: components["schemas"]["Schedule"][];
            /** @description What could not be found out, and why. */
            notice: string | null;
        };
        Schedule: {
            /** @description Its id in Temporal. */
            id: string;
            project: string;
            /** @description Null for the look at the repository. */
            model: string | null;
            /** @description Key in the ratchet.yaml of the model. */
            name: string | null;
            /**
             * @description A timetable, a source that is watched, or the look at the refs of the repository.
             * @enum {string}
             */
            kind: "slot" | "source" | "refs";
            /** @description As Git has it; null where Git has it no longer. */
            timetable: string | null;
            /** @description Of a `cron`. */
            timeZone: string | null;
            /** @description Who stopped it, and why. */
            paused: {
                by: string;
                reason: string;
                /** @description ISO-8601, UTC. */
                since: string;
            } | null;
            /** @description The next slots, at most 5; none while it is paused. */
            next: string[];
            /** @description The newest slot that was taken. */
            last: string | null;
            /** @description How the server is not as Git says; null where it is. */
            drift: string | null;
        };
        SchedulePause: {
            id: string;
            project: string;
            by: string;
            reason: string;
            /** @description ISO-8601, UTC. */
            since: string;
        };
        AskedSchedule: {
            id: string;
        };
        FiredSchedule: {
            id: string;
            /** @description Slots that fire; those of one local time become one event. */
            slots: string[];
            /** @description Local times of slots that no clock showed. */
            missing: string[];
        };
        Backfill: {
            /**
             * Format: date-time
             * @description The first instant whose slot counts.
             */
            from: string;
            /**
             * Format: date-time
             * @description The last one; not later than now.
             */
            to: string;
        };
        LetterPage: {
            letters: components["schemas"]["Letter"][];
            /** @description Pass as "after" for the next page. */
            next: string | null;
        };
        Letter: {
            id: string;
            project: string;
            model: string | null;
            /** @description Key of `notifications` in ratchet.project.yaml. */
            target: string;
            /** @enum {string} */
            kind: "run.failed" | "run.refused" | "run.succeeded" | "run.proposed" | "release.failed" | "release.refused" | "release.succeeded" | "image.refused" | "incident.opened" | "incident.closed" | "trigger.suppressed" | "source.unreachable" | "ref.gone" | "apply.refused" | "approval.asked" | "test";
            /** @description What it says, in one sentence. */
            title: string;
            runId: string | null;
            /**
             * @description A dead one is tried no more until it is driven again.
             * @enum {string}
             */
            status: "pending" | "delivered" | "dead";
            attempts: number;
            /** @description Of the newest attempt; null for one that is delivered. */
            lastError: string | null;
            /** @description When it was to be told. */
            at: string;
            /** @description When it is tried next, while it is pending. */
            nextAt: string;
            /** @description ISO-8601, UTC. */
            deliveredAt: string | null;
        };
        LetterDetail: components["schemas"]["Letter"] & {
            /** @description What it says below its title. */
            lines: string[];
            /** @description Accounts that it is for. */
            to: string[];
            commit: string | null;
            tries: {
                /** @description ISO-8601, UTC. */
                at: string;
                ms: number;
                /** @description Null where it was delivered. */
                error: string | null;
            }[];
        };
        Redriven: {
            /** @description How many dead letters are pending again. */
            letters: number;
        };
        TestNotice: {
            /** @description Of the notice. */
            key: string;
            /** @description Where it is on its way to. */
            targets: string[];
        };
        Member: {
            account: string;
            roles: ("data-engineer" | "data-scientist" | "ml-engineer" | "application-developer" | "business-analyst" | "it-operations" | "reviewer" | "admin")[];
            /** @description By which Git knows them. */
            emails: string[];
            /** @description Commit of ratchet.project.yaml that says so. */
            commit: string;
        };
        ApprovalPage: {
            approvals: components["schemas"]["Approval"][];
            next: string | null;
        };
        Approval: {
            /** @description Also the id of its workflow. */
            id: string;
            project: string;
            /** @enum {string} */
            kind: "promotion" | "change";
            subject: string;
            round: number;
            /** @enum {string} */
            status: "open" | "approved" | "rejected" | "expired" | "withdrawn" | "void" | "superseded";
            reason: string | null;
            /** @description The stage that is open; null once all are done. */
            stage: string | null;
            /**
             * @description Whose votes it takes.
             * @enum {string|null}
             */
            role: "data-engineer" | "data-scientist" | "ml-engineer" | "application-developer" | "business-analyst" | "it-operations" | "reviewer" | "admin" | null;
            requestedBy: string;
            machineStarted: boolean;
            /** @description ISO-8601, UTC. */
            openedAt: string;
            /** @description ISO-8601, UTC. */
            endedAt: string | null;
        };
        Delegation: {
            id: string;
            project: string;
            from: string;
            to: string;
            /** @enum {string} */
            role: "data-engineer" | "data-scientist" | "ml-engineer" | "application-developer" | "business-analyst" | "it-operations" | "reviewer" | "admin";
            /** @description ISO-8601, UTC. */
            until: string;
            /** @description ISO-8601, UTC. */
            createdAt: string;
            /** @description ISO-8601, UTC. */
            endedAt: string | null;
        };
        Delegate: {
            to: string;
            /**
             * @description Yours, as which they vote.
             * @enum {string}
             */
            role: "data-engineer" | "data-scientist" | "ml-engineer" | "application-developer" | "business-analyst" | "it-operations" | "reviewer" | "admin";
            /**
             * Format: date-time
             * @description At most 90 days from now.
             */
            until: string;
        };
        ApprovalDetail: components["schemas"]["Approval"] & {
            /** @description Of what a vote is about, by part. */
            digests: {
                [key: string]: string;
            };
            /** @description Who may not vote. */
            authors: {
                account: string;
                why: string[];
            }[];
            /** @description Git identities of no member. */
            strangers: string[];
            stages: {
                name: string;
                roles: ("data-engineer" | "data-scientist" | "ml-engineer" | "application-developer" | "business-analyst" | "it-operations" | "reviewer" | "admin")[];
                quorum: number;
                veto: boolean;
                /** @enum {string} */
                status: "waiting" | "open" | "passed" | "rejected" | "expired";
                approvals: string[];
                rejections: string[];
                /** @description ISO-8601, UTC. */
                openedAt: string | null;
                /** @description ISO-8601, UTC. */
                closesAt: string | null;
            }[];
            votes: {
                id: string;
                approver: string;
                onBehalfOf: string | null;
                /** @enum {string} */
                decision: "approve" | "reject";
                reason: string;
                /** @enum {string} */
                status: "pending" | "counted" | "refused";
                refusal: string | null;
                stage: number | null;
                /** @enum {string|null} */
                channel: "update" | "signal" | null;
                /** @description ISO-8601, UTC. */
                castAt: string;
            }[];
            verdict: components["schemas"]["PolicyVerdict"] | null;
            /** @description To the champion, of a decided one to that of when people were asked; null for a change. */
            diff: components["schemas"]["VersionDiff"] | null;
            /** @description Files that differ from the champion; null where there was none, or it was not kept. */
            code: components["schemas"]["CodeChanges"] | null;
            /** @description Of a change of the project; null for a version. */
            change: components["schemas"]["ShownChange"] | null;
            /** @description Accounts whose own vote would count at this moment. */
            voters: string[];
            you: {
                account: string;
                mayVote: boolean;
                /** @description Why not, or as what. */
                why: string;
                /** @description In whose place you may vote. */
                onBehalfOf: string[];
            };
        };
        PolicyVerdict: {
            id: string;
            project: string;
            model: string;
            version: number;
            /** @enum {string} */
            verdict: "pass" | "fail" | "inconclusive" | "error";
            rules: components["schemas"]["RuleResult"][];
            policyDigest: string;
            factsDigest: string;
            /** @description Of what was judged, by part. */
            digests: {
                [key: string]: string;
            };
            createdAt: string;
        };
        RuleResult: {
            name: string;
            /** @enum {string} */
            kind: "rule" | "program" | "ethics";
            /** @enum {string} */
            origin: "organisation" | "model";
            /** @enum {string} */
            severity: "block" | "warn";
            /** @enum {string} */
            verdict: "pass" | "fail" | "inconclusive" | "error";
            /** @description One sentence with the number, the limit and the distance, or why there is none. */
            text: string;
            expression: string | null;
            actual: number | string | boolean | null;
            limit: number | string | boolean | null;
            /** @description From the limit; negative is how much is lacking. */
            distance: number | null;
            /** @description Sample size behind the number. */
            n: number | null;
        };
        VersionDiff: {
            project: string;
            model: string;
            /** @description Null where there is no champion to compare with. */
            from: number | null;
            to: number;
            changes: {
                /** @enum {string} */
                part: "code" | "configuration" | "data" | "metrics" | "slices" | "interface";
                what: string;
                /** @description Of metrics and slices, the name of the number. */
                metric: string | null;
                from: string | number | null;
                to: string | number | null;
                /**
                 * @description Which of two numbers is the better one.
                 * @enum {string|null}
                 */
                better: "from" | "to" | null;
            }[];
        };
        CodeChanges: {
            repo: string;
            /** @description The commit of the champion when people were asked. */
            from: string;
            to: string;
            /** @description At most 200. */
            files: {
                path: string;
                /** @description Lines; null for what is not text. */
                added: number | null;
                /** @description Lines; null for what is not text. */
                removed: number | null;
            }[];
            /** @description Of all files. */
            total: {
                files: number;
                added: number;
                removed: number;
            };
            /** @description Why it is not known. */
            gap: string | null;
        };
        ShownChange: {
            commit: string;
            /** @description The commit that is in force; null where it was not kept. */
            follows: string | null;
            /** @description Exactly what the votes are about; null where people were asked before it was kept. */
            differences: {
                /** @enum {string} */
                part: "members" | "changes" | "sources" | "policies" | "organisation";
                /** @description Account, source or model; null for `changes`. */
                name: string | null;
                /** @enum {string} */
                kind: "added" | "changed" | "removed";
                before: {
                    [key: string]: unknown;
                };
                after: {
                    [key: string]: unknown;
                };
                /** @description Unified, of both as YAML with sorted keys. */
                diff: string;
            }[] | null;
        };
        VoteReceipt: {
            vote: string;
            approval: string;
            /** @enum {string} */
            status: "pending" | "counted" | "refused";
            refusal: string | null;
            /** @enum {string} */
            outcome: "open" | "approved" | "rejected" | "expired" | "withdrawn" | "void" | "superseded";
            tally: {
                stage: string;
                quorum: number;
                approvals: number;
                rejections: number;
            }[];
            /** @description The Temporal signal that tells of the vote. */
            signal: {
                workflowId: string;
                namespace: string;
                name: string;
                input: string;
            };
        };
        CastVote: {
            /** @enum {string} */
            decision: "approve" | "reject";
            /** @description For whoever reads it in a year. */
            reason: string;
            /** @description Of whom you vote in the place, who delegated to you. */
            onBehalfOf?: string;
            /**
             * @description `none` signs and stores alone, for a Temporal signal that carries the id.
             * @default update
             * @enum {string}
             */
            deliver: "update" | "none";
        };
        Withdrawn: {
            approval: string;
            /** @enum {string} */
            status: "open" | "approved" | "rejected" | "expired" | "withdrawn" | "void" | "superseded";
            reason: string;
        };
        PolicyInForce: {
            /** @description Null for the organisation. */
            project: string | null;
            model: string | null;
            digest: string;
            commit: string;
            inForceSince: string;
            policy: {
                [key: string]: unknown;
            };
        };
        AuditEvent: {
            /** @description 1, 2, 3 ... without a gap. */
            seq: number;
            at: string;
            /** @description Account, or `system/<process>`. */
            actor: string;
            action: string;
            project: string | null;
            subject: string;
            /** @description Facts as canonical text of JSON. */
            details: string;
            /** @description Hash of the row before. */
            previous: string;
            /** @description SHA-256 over all of the above. */
            hash: string;
        };
        AuditReport: {
            intact: boolean;
            rows: number;
            head: {
                seq: number;
                hash: string;
                at: string;
            } | null;
            /** @description Signed checkpoints that the chain goes through as they say. */
            checkpoints: number;
            findings: {
                /** @enum {string} */
                kind: "edited" | "missing" | "reordered" | "replaced" | "truncated" | "rewritten" | "unsigned";
                seq: number;
                text: string;
            }[];
        };
        RunComparison: {
            runs: {
                /** @example 019a1b2c-3d4e-7f80-8123-456789abcdef */
                id: string;
                project: string;
                model: string;
                variant: string | null;
                /** @enum {string} */
                status: "running" | "waiting" | "succeeded" | "refused" | "failed" | "cancelled";
                commit: string | null;
            }[];
            differences: {
                what: string;
                values: (string | number | null)[];
                /** @enum {string|null} */
                better: "higher" | "lower" | null;
            }[];
        };
        RunPage: {
            runs: components["schemas"]["ListedRun"][];
            /** @description Pass as "after" for the next page. */
            next: string | null;
        };
        ListedRun: components["schemas"]["Run"] & {
            /** @description The step it is at. */
            step: string | null;
            metrics: {
                [key: string]: number;
            };
        };
        Run: {
            /** @example 019a1b2c-3d4e-7f80-8123-456789abcdef */
            id: string;
            project: string;
            model: string;
            ref: string;
            variant: string | null;
            commit: string | null;
            /** @enum {string} */
            status: "running" | "waiting" | "succeeded" | "refused" | "failed" | "cancelled";
            reason: string | null;
            causes: {
                /** @enum {string} */
                kind: "push" | "schedule" | "new-data" | "monitoring" | "event" | "promotion" | "manual";
                by?: string;
                /** @description ISO-8601, UTC. */
                at: string;
                /** @description The trigger event that it is. */
                event?: string;
                /** @description What that event says. */
                facts?: components["schemas"]["PushFacts"] | components["schemas"]["ScheduleFacts"] | components["schemas"]["NewDataFacts"] | components["schemas"]["MonitoringFacts"] | components["schemas"]["CustomFacts"] | components["schemas"]["PromotionFacts"] | components["schemas"]["ManualFacts"];
                /** @description How many events of its kind are causes too, and not listed. */
                more?: number;
                /** @description The round that it began, where it resumed the run. */
                round?: number;
            }[];
            /** @description ISO-8601, UTC. */
            createdAt: string;
            /** @description ISO-8601, UTC. */
            endedAt: string | null;
            /** @description How often it was resumed. */
            round: number;
            /** @description Whether all its causes are of a kind that needs no person: cool-down, budgets and holds are for such runs. */
            automatic: boolean;
            /** @description When it was last resumed; steps that began before are of an earlier round. */
            reopenedAt: string | null;
        };
        RunDetail: components["schemas"]["Run"] & {
            steps: components["schemas"]["Step"][];
            /** @description What the run as a whole waits for, such as a worker that takes it up. */
            waiting: {
                /** @description Such as "capacity: gpu". */
                for: string;
                /** @description ISO-8601, UTC. */
                since: string;
                /** @description ISO-8601, UTC. */
                until: string | null;
                /** @description What a person can do. */
                advice: string | null;
            } | null;
            /** @description What could not be found out, and why. */
            notice: string | null;
            refusals: components["schemas"]["Refusal"][];
            logs: {
                step: string;
                bytes: number;
            }[];
            workflowId: string;
            /** @description Model version it registered. */
            version: number | null;
        };
        Step: {
            name: string;
            /** @enum {string} */
            status: "running" | "waiting" | "succeeded" | "refused" | "failed" | "cancelled" | "skipped" | "reused";
            attempt: number;
            /** @description ISO-8601, UTC. */
            startedAt: string | null;
            /** @description ISO-8601, UTC. */
            endedAt: string | null;
            /** @description Duration in milliseconds. */
            ms: number | null;
            /** @description Digest by part that the result depends on. */
            inputs: {
                [key: string]: string;
            };
            reason: string | null;
            progress: string | null;
            waiting: {
                /** @description Such as "capacity: gpu". */
                for: string;
                /** @description ISO-8601, UTC. */
                since: string;
                /** @description ISO-8601, UTC. */
                until: string | null;
                /** @description What a person can do. */
                advice: string | null;
            } | null;
            /** @description When a failed attempt is tried again. */
            nextTryAt: string | null;
        };
        Refusal: {
            what: string;
            rule: string;
            actual: string;
            limit: string;
        };
        StartRun: {
            /**
             * @description Minted by the client, so that a repeated start is one run.
             * @example 019a1b2c-3d4e-7f80-8123-456789abcdef
             */
            id?: string;
            project: string;
            model: string;
            /** @description Branch, tag or commit. Default: the ref of the project. */
            ref?: string;
            /** @description A variant of the model. Default: none. */
            variant?: string;
        };
        MetricSeries: {
            points: {
                name: string;
                step: number;
                value: number;
                /** @description ISO-8601, UTC. */
                at: string;
            }[];
        };
        ResumeRun: {
            /** @description Branch, tag or commit with the fix. Default: the ref of the run. */
            ref?: string;
        };
        Dataset: {
            project: string;
            name: string;
            version: number;
            digest: string;
            rows: number;
            quarantined: number;
            commit: string;
            runId: string | null;
            tags: string[];
            /** @description Of the tags that name a subset, how many rows it has. */
            tagRows: {
                [key: string]: number;
            };
            createdAt: string;
        };
        DatasetDetail: components["schemas"]["Dataset"] & {
            /** @description The version of another project that these rows are; null where they were built here. */
            adoptedFrom: {
                project: string;
                name: string;
                version: number;
            } | null;
            /** @description Rows by split. */
            splits: {
                train: number;
                validation: number;
                test: number;
            };
            files: {
                train: components["schemas"]["BlobRef"];
                validation: components["schemas"]["BlobRef"];
                test: components["schemas"]["BlobRef"];
            };
            quarantine: components["schemas"]["BlobRef"] | null;
            setAside: {
                table: string;
                rows: number;
                of: number;
                reasons: {
                    [key: string]: number;
                };
            }[];
            columns: {
                name: string;
                type: string;
                nulls: number;
                distinct: number;
                min: string | number | null;
                max: string | number | null;
                mean: number | null;
                deviation: number | null;
            }[];
            sources: {
                table: string;
                source: string;
                fingerprint: string;
                rows: number;
            }[];
            features: {
                name: string;
                version: number;
                digest: string;
                reused: boolean;
            }[];
            checks: {
                name: string;
                verdict: string;
                text: string;
            }[];
            subsets: {
                tag: string;
                version: number;
                where: string | null;
                rows: number | null;
                at: string;
            }[];
        };
        BlobRef: {
            uri: string;
            sha256: string;
            bytes: number;
        };
        DatasetDiff: {
            from: number;
            to: number;
            changes: {
                what: string;
                from: string | number | null;
                to: string | number | null;
            }[];
        };
        Tag: {
            tag: string;
            /** @description A condition over the columns: the tag then names that subset of the rows. */
            where?: string;
        };
        Rebuild: {
            version: number;
            digest: string;
            rebuiltDigest: string;
            equal: boolean;
        };
        FeatureView: {
            project: string;
            name: string;
            version: number;
            digest: string;
            kind: string;
            entity: string[];
            columns: string[];
            commit: string;
            createdAt: string;
        };
        FeatureDetail: components["schemas"]["FeatureView"] & {
            definition: {
                [key: string]: unknown;
            };
            vectors: {
                key: string;
                version: number;
                rows: number;
                bytes: number;
                /** @description The run that computed them. */
                runId: string | null;
                createdAt: string;
            }[];
            usedBy: {
                dataset: string;
                version: number;
                viewVersion: number;
            }[];
        };
        StageMove: {
            project: string;
            model: string;
            version: number;
            /** @enum {string} */
            from: "registered" | "candidate" | "champion" | "previous" | "archived" | "refused" | "retired";
            /** @enum {string} */
            to: "registered" | "candidate" | "champion" | "previous" | "archived" | "refused" | "retired";
            actor: string;
            reason: string;
            /** @description That let it in. */
            approval: string | null;
            /** @description ISO-8601, UTC. */
            at: string;
        };
        LiveAt: {
            /** @description ISO-8601, UTC. */
            at: string;
            /** @description Null where nothing was live. */
            live: {
                version: components["schemas"]["ModelVersion"];
                /** @description ISO-8601, UTC. */
                since: string;
                /** @description ISO-8601, UTC. */
                until: string | null;
                /** @description The version that was live before. */
                replaced: number | null;
                /** @description That let it in; null where the policy asked nobody. */
                approval: string | null;
                /** @description Whose votes let it in. */
                approvedBy: {
                    approver: string;
                    onBehalfOf: string | null;
                }[];
                /** @description Who or what moved it. */
                by: string;
            } | null;
        };
        ModelVersion: {
            project: string;
            model: string;
            version: number;
            alias: string | null;
            algorithm: string;
            runId: string;
            commit: string;
            dataset: {
                name: string;
                version: number;
            };
            features: {
                name: string;
                version: number;
            }[];
            /** @description SHA-256 of the model file. */
            digest: string;
            bytes: number;
            configurationDigest: string;
            environmentDigest: string;
            isolationTier: string;
            /** @description On the test split. */
            metrics: {
                [key: string]: number;
            };
            createdAt: string;
        };
        Promotion: {
            workflowId: string;
            /** @description How it ended; `waiting` while people are asked or programs run. */
            status: string;
            reason: string | null;
            /** @description That people vote on. */
            approval: string | null;
        };
        ModelDetail: components["schemas"]["ModelVersion"] & {
            /**
             * @description Where it stands.
             * @enum {string}
             */
            stage: "registered" | "candidate" | "champion" | "previous" | "archived" | "refused" | "retired";
            interface: {
                inputs: {
                    name: string;
                    type: string;
                    shape: number[];
                }[];
                outputs: {
                    name: string;
                    type: string;
                    shape: number[];
                }[];
            };
            /** @description The model card as data. */
            card: {
                [key: string]: unknown;
            };
            cardMarkdown: string;
        };
        EvaluationReport: {
            evaluation: {
                [key: string]: unknown;
            };
            gates: {
                [key: string]: unknown;
            }[];
            charts: components["schemas"]["Chart"][];
            testLooks: number;
        };
        Chart: {
            name: string;
            svg: string;
            table: string;
        };
        EndpointList: {
            endpoints: components["schemas"]["Endpoint"][];
        };
        Endpoint: {
            project: string;
            endpoint: string;
            model: string;
            /** @enum {string} */
            target: "process" | "docker" | "swarm";
            /** @description That declared it so. */
            commit: string;
            /** @description As the ratchet.yaml of the model declares it, with defaults filled in. */
            config: {
                [key: string]: unknown;
            };
            /** @description Replicas that somebody set by hand; null for those of Git. */
            scaledTo: number | null;
            /** @description Since when Git does not declare it any more. */
            retiredAt: string | null;
            /** @description ISO-8601, UTC. */
            updatedAt: string;
            /** @description What was recorded as live last; null where nothing is. */
            live: {
                /** @description Id of its release. */
                revision: string;
                ordinal: number;
                /** @description ISO-8601, UTC. */
                from: string;
                /** @description Null while it answers. */
                until: string | null;
                modelVersion: number;
                /** @description SHA-256 of the ONNX file. */
                modelDigest: string;
                /** @description Of the serving code; null for the stock application. */
                applicationCommit: string | null;
                /** @description Null where it runs without an image. */
                imageDigest: string | null;
                replicas: number;
            } | null;
            /** @description Where it answers; the same over revisions. */
            at: {
                /** @description `http://<host>:<port>`. */
                http: string;
                /** @description `<host>:<port>`. */
                grpc: string;
                metrics: string;
            } | null;
        };
        ImageList: {
            images: {
                /** @description `sha256:<hex>`. */
                digest: string;
                project: string;
                endpoint: string;
                /** @description Where it can be pulled; null where it was never pushed. */
                repository: string | null;
                applicationCommit: string | null;
                /** @description Ordinals of the revisions that ran it, newest first. */
                revisions: number[];
                /** @description When it first answered. */
                from: string;
                /** @description When it last ended; null while it answers. */
                until: string | null;
                scan: components["schemas"]["ImageScan"];
            }[];
        };
        /** @description The newest one while it was live, after that of its release; null where none was made. */
        ImageScan: {
            /** @enum {string} */
            verdict: "pass" | "fail" | "inconclusive" | "error";
            /** @description What keeps it from passing, the first fifty. */
            refused: string[];
            packages: number;
            /** @description When the newest of the advisories was written. */
            databaseOf: string | null;
            /** @description ISO-8601, UTC. */
            scannedAt: string;
        } | null;
        EndpointDetail: components["schemas"]["Endpoint"] & {
            /** @description What its target is to be brought to; null before the first release. */
            wanted: {
                revision: string;
                ordinal: number;
                replicas: number;
            } | null;
            /** @description What its target says at this moment; null where that could not be found out. */
            observed: {
                revision: string | null;
                replicas: {
                    /** @description Such as a process or container id. */
                    id: string;
                    /** @enum {string} */
                    state: "starting" | "ready" | "draining" | "restarting" | "failed";
                    restarts: number;
                    /** @description Why it is not ready. */
                    reason: string | null;
                }[];
            } | null;
            imageScan: components["schemas"]["ImageScan"] & unknown;
            /** @description What could not be found out, and why. */
            notice: string | null;
            /** @description What was live when, newest first, at most 100. */
            revisions: components["schemas"]["Revision"][];
        };
        Revision: {
            /** @description Id of its release. */
            revision: string;
            ordinal: number;
            /** @description ISO-8601, UTC. */
            from: string;
            /** @description Null while it answers. */
            until: string | null;
            modelVersion: number;
            /** @description SHA-256 of the ONNX file. */
            modelDigest: string;
            /** @description Of the serving code; null for the stock application. */
            applicationCommit: string | null;
            /** @description Null where it runs without an image. */
            imageDigest: string | null;
            replicas: number;
        };
        EndpointLog: {
            /** @description Oldest first, each with the replica it is of. */
            lines: string[];
        };
        ReleaseDetail: components["schemas"]["Release"] & {
            steps: components["schemas"]["Step"][];
            refusals: components["schemas"]["Refusal"][];
            logs: {
                step: string;
                bytes: number;
            }[];
            workflowId: string;
            /** @description Ordinal of the revision that it brought to life. */
            revision: number | null;
        };
        Release: {
            id: string;
            project: string;
            endpoint: string;
            /** @enum {string} */
            kind: "deploy" | "rollback" | "scale";
            model: string;
            /** @enum {string} */
            status: "running" | "waiting" | "succeeded" | "refused" | "failed" | "cancelled";
            reason: string | null;
            causes: {
                /** @enum {string} */
                kind: "push" | "schedule" | "new-data" | "monitoring" | "event" | "promotion" | "manual";
                by?: string;
                /** @description ISO-8601, UTC. */
                at: string;
                /** @description The trigger event that it is. */
                event?: string;
                /** @description What that event says. */
                facts?: components["schemas"]["PushFacts"] | components["schemas"]["ScheduleFacts"] | components["schemas"]["NewDataFacts"] | components["schemas"]["MonitoringFacts"] | components["schemas"]["CustomFacts"] | components["schemas"]["PromotionFacts"] | components["schemas"]["ManualFacts"];
                /** @description How many events of its kind are causes too, and not listed. */
                more?: number;
                /** @description The round that it began, where it resumed the run. */
                round?: number;
            }[];
            /** @description Of the serving code; null for the stock application. */
            commit: string | null;
            /** @description Null until it is decided. */
            modelVersion: number | null;
            /** @description ISO-8601, UTC. */
            createdAt: string;
            /** @description ISO-8601, UTC. */
            endedAt: string | null;
        };
        StartRelease: {
            /**
             * @description Minted by the client, so that a repeated start is one release.
             * @example 019a1b2c-3d4e-7f80-8123-456789abcdef
             */
            id?: string;
            /** @description Why, for those who look at it later. */
            reason?: string;
        };
        FeedbackReply: {
            /** @description Rows that are on their way to the database. */
            accepted: number;
            /** @description Rows that the same source told of lately. */
            duplicate: number;
            /** @description Rows of ids that no prediction can have. */
            unknown: number;
            /** @description Rows of answers that were chosen not to be recorded. */
            unsampled?: number;
            /** @description Ids of predictions that were made again of inputs. */
            completed?: string[];
        };
        ReplayedAnswers: {
            /** @description Rows that were asked again of the file that answered. */
            compared: number;
            /** @description Of them, those with every output the same to the last bit. */
            equal: number;
            /** @description Of them, those beyond the tolerance. */
            differing: number;
            /** @description Rows whose inputs are not there as they came: masked, dropped, beyond a double. */
            unreadable: number;
            /** @description Rows of versions that the registry does not know. */
            unknown: number;
            tolerance: number;
            /** @description At most 20, the largest difference first. */
            worst: {
                predictionId: string;
                row: number;
                output: string;
                /** @description Null where there is no number for it. */
                difference: number | null;
                stored: string;
                replayed: string;
            }[];
            versions: {
                model: string;
                version: string;
                modelDigest: string;
                compared: number;
            }[];
        };
        ReplayAnswers: {
            /**
             * Format: date-time
             * @description Of event time.
             */
            from: string;
            /**
             * Format: date-time
             * @description Not included.
             */
            to: string;
            /**
             * @description Of more rows about so many are chosen.
             * @default 5000
             */
            mostRows: number;
        };
        IncidentPage: {
            incidents: components["schemas"]["Incident"][];
            /** @description For "after"; null on the last page. */
            next: string | null;
        };
        Incident: {
            id: string;
            project: string;
            endpoint: string;
            model: string;
            /** @description That answered when it opened. */
            modelVersion: number;
            /** @description What it is about; of one cause there is at most one open. */
            cause: string;
            /** @enum {string} */
            kind: "data-skew" | "training-serving-skew" | "harmful-drift" | "concept-drift" | "prior-shift" | "covariate-drift" | "unexplained-loss";
            routedTo: ("data-engineer" | "data-scientist" | "retrain" | "record")[];
            /** @description Whether the watch asks for no run while it is open. */
            blocksRetraining: boolean;
            /** @description End of the window that it opened with, in event time. */
            openedAt: string;
            /** @description Why it asks for a run, or why not. */
            course: string;
            /** @description What became of the run that it asked for; null where it asked for none. */
            run: {
                /** @description Id of the event that asks for the run. */
                event: string;
                /** @description Null while it is pending, and where it starts none. */
                runId: string | null;
                /**
                 * @description By which it starts none.
                 * @enum {string|null}
                 */
                rule: "turned-off" | "filter" | "cool-down" | "budget" | "veto" | "held" | "no-such-time" | "superseded" | "no-pipeline" | null;
                reason: string | null;
            } | null;
            acknowledgedBy: string | null;
            /** @description ISO-8601, UTC. */
            closedAt: string | null;
            /** @description Null where it closed by itself. */
            closedBy: string | null;
            closedBecause: string | null;
        };
        IncidentDetail: components["schemas"]["Incident"] & {
            /** @description The windows that saw it, oldest first, with the rule in words. */
            sights: {
                /** @description A span of event time. */
                window: {
                    /** @description ISO-8601, UTC. */
                    from: string;
                    /** @description ISO-8601, UTC. */
                    to: string;
                };
                /** @enum {string} */
                kind: "data-skew" | "training-serving-skew" | "harmful-drift" | "concept-drift" | "prior-shift" | "covariate-drift" | "unexplained-loss";
                because: string;
                columns: string[];
            }[];
            /** @description Windows in a row that saw nothing of it. */
            quietWindows: number;
            /** @description What the kind means. */
            words: string;
        };
        CloseIncident: {
            reason: string;
        };
        Monitoring: {
            project: string;
            endpoint: string;
            /** @description As Git declares it, with defaults; null where it is not watched. */
            config: {
                [key: string]: unknown;
            };
            /** @description How far the traffic has come; null where there is none. */
            progress: {
                /** @description ISO-8601, UTC. */
                oldestEventAt: string;
                /** @description ISO-8601, UTC. */
                newestEventAt: string;
                /** @description ISO-8601, UTC. */
                lastCameAt: string;
            } | null;
            /** @description Rows that were answered after the newest judged window; null where there are none. */
            unjudged: {
                /** @description ISO-8601, UTC. */
                from: string;
                /** @description ISO-8601, UTC. */
                to: string;
                versions: {
                    model: string;
                    version: string;
                    rows: number;
                    /** @description There are more rows than these: no more are counted. */
                    isMore: boolean;
                }[];
            } | null;
            /** @description What its servers answered in the hour before, all versions together; null for nothing. */
            lastHour: {
                /** @description Requests that were answered. */
                answered: number;
                rows: number;
                /** @description Requests that could not be read or did not fit the model. */
                refused: number;
                /** @description Requests that were owed an answer: there was no room, no time, or the model broke. */
                failed: number;
                /** @description Of those that were owed an answer. */
                failedShare: number | null;
                /** @description Of the answered ones, within the server. */
                meanMs: number | null;
                p50Ms: number | null;
                p95Ms: number | null;
                /** @description As far as the bounds tell that times are counted between. */
                p99Ms: number | null;
                /** @description What the serving application counts: of a counter `sum` tells, of a gauge `last`. */
                custom: {
                    [key: string]: {
                        /** @enum {string} */
                        kind: "counter" | "gauge" | "histogram";
                        /** @description How often a value was put to it. */
                        count: number;
                        sum: number;
                        last: number;
                    };
                };
            } | null;
            /** @description The same in the day before. */
            lastDay: {
                /** @description Requests that were answered. */
                answered: number;
                rows: number;
                /** @description Requests that could not be read or did not fit the model. */
                refused: number;
                /** @description Requests that were owed an answer: there was no room, no time, or the model broke. */
                failed: number;
                /** @description Of those that were owed an answer. */
                failedShare: number | null;
                /** @description Of the answered ones, within the server. */
                meanMs: number | null;
                p50Ms: number | null;
                p95Ms: number | null;
                /** @description As far as the bounds tell that times are counted between. */
                p99Ms: number | null;
                /** @description What the serving application counts: of a counter `sum` tells, of a gauge `last`. */
                custom: {
                    [key: string]: {
                        /** @enum {string} */
                        kind: "counter" | "gauge" | "histogram";
                        /** @description How often a value was put to it. */
                        count: number;
                        sum: number;
                        last: number;
                    };
                };
            } | null;
            /** @description Newest first. */
            inputs: {
                /** @enum {string} */
                line: "inputs" | "truth";
                /** @description ISO-8601, UTC. */
                from: string;
                /** @description ISO-8601, UTC. */
                to: string;
                modelVersion: number;
                rows: number;
                /** @enum {string} */
                verdict: "pass" | "fail" | "inconclusive" | "error";
                verdicts: {
                    [key: string]: "pass" | "fail" | "inconclusive" | "error";
                };
                numbers: {
                    [key: string]: number;
                };
                /** @description ISO-8601, UTC. */
                judgedAt: string;
            }[];
            /** @description Newest first. */
            truth: {
                /** @enum {string} */
                line: "inputs" | "truth";
                /** @description ISO-8601, UTC. */
                from: string;
                /** @description ISO-8601, UTC. */
                to: string;
                modelVersion: number;
                rows: number;
                /** @enum {string} */
                verdict: "pass" | "fail" | "inconclusive" | "error";
                verdicts: {
                    [key: string]: "pass" | "fail" | "inconclusive" | "error";
                };
                numbers: {
                    [key: string]: number;
                };
                /** @description ISO-8601, UTC. */
                judgedAt: string;
            }[];
            /** @description Those that are open. */
            incidents: components["schemas"]["Incident"][];
            silences: components["schemas"]["Silence"][];
        };
        Silence: {
            id: string;
            project: string;
            endpoint: string;
            /**
             * @description Null for every kind.
             * @enum {string|null}
             */
            kind: "data-skew" | "training-serving-skew" | "harmful-drift" | "concept-drift" | "prior-shift" | "covariate-drift" | "unexplained-loss" | null;
            owner: string;
            reason: string;
            /** @description ISO-8601, UTC. */
            until: string;
        };
        MonitoringReport: {
            endpoint: string;
            /** @description ISO-8601, UTC. */
            madeAt: string;
            /** @description A page that is one file: it loads and runs nothing. */
            html: string;
            charts: {
                /** @description Fits a file. */
                name: string;
                svg: string;
                /** @description Its numbers, as a table of HTML. */
                table: string;
            }[];
        };
        SetSilence: {
            /**
             * @default null
             * @enum {string|null}
             */
            kind: "data-skew" | "training-serving-skew" | "harmful-drift" | "concept-drift" | "prior-shift" | "covariate-drift" | "unexplained-loss" | null;
            reason: string;
            /**
             * Format: date-time
             * @description When it ends.
             */
            until: string;
        };
        EndpointValue: {
            project: string;
            endpoint: string;
            model: string;
            /** @description Of all that follows. */
            unit: string;
            /** @description ISO-8601, UTC. */
            from: string;
            /** @description ISO-8601, UTC. */
            to: string;
            windows: {
                counted: number;
                /** @description Judged before the value was declared as it is, or with a truth beyond all numbers. */
                leftOut: number;
            };
            rows: {
                /** @description In the windows that count. */
                answered: number;
                /** @description Of them with a truth that counts: only these have a value. */
                valued: number;
            };
            /** @description What the answers were worth; null where no truth is known. */
            value: {
                /** @description Of all rows whose truth is known. */
                sum: number;
                perRow: number;
                /** @description 95 % interval of what one row is worth; null for fewer than 30 rows. */
                low: number | null;
                high: number | null;
            } | null;
            /** @description Of the best constant answer of each window, on the same rows. */
            baseline: {
                sum: number;
                perRow: number;
            } | null;
            /** @description Value less baseline, row by row. */
            gain: {
                /** @description Of all rows whose truth is known. */
                sum: number;
                perRow: number;
                /** @description 95 % interval of what one row is worth; null for fewer than 30 rows. */
                low: number | null;
                high: number | null;
            } | null;
            /** @description Of all runs of the model that began in the span. */
            training: {
                runs: number;
                minutes: number;
                cost: number;
            };
            /** @description Of every replica; null where rows were answered and nothing was there by the clock. */
            serving: {
                minutes: number;
                cost: number;
            } | null;
            /** @description Of both together. */
            cost: number | null;
            /** @description Value of the rows whose truth is known, less the cost of the whole span. */
            net: number | null;
        };
        Traffic: {
            project: string;
            endpoint: string;
            /** @enum {string} */
            step: "minute" | "hour" | "day";
            /** @description ISO-8601, UTC. */
            from: string;
            /** @description ISO-8601, UTC. */
            to: string;
            /** @description In the order of time. A span in which nothing was asked has none. */
            points: {
                /** @description Requests that were answered. */
                answered: number;
                rows: number;
                /** @description Requests that could not be read or did not fit the model. */
                refused: number;
                /** @description Requests that were owed an answer: there was no room, no time, or the model broke. */
                failed: number;
                /** @description Of those that were owed an answer. */
                failedShare: number | null;
                /** @description Of the answered ones, within the server. */
                meanMs: number | null;
                p50Ms: number | null;
                p95Ms: number | null;
                /** @description As far as the bounds tell that times are counted between. */
                p99Ms: number | null;
                /** @description What the serving application counts: of a counter `sum` tells, of a gauge `last`. */
                custom: {
                    [key: string]: {
                        /** @enum {string} */
                        kind: "counter" | "gauge" | "histogram";
                        /** @description How often a value was put to it. */
                        count: number;
                        sum: number;
                        last: number;
                    };
                };
                /** @description ISO-8601, UTC. */
                from: string;
                model: string;
                version: string;
            }[];
        };
        ReleaseList: {
            releases: components["schemas"]["Release"][];
        };
        Worker: {
            queue: string;
            identity: string;
            host: string | null;
            pid: number | null;
            slots: {
                used: number;
                free: number;
            } | null;
            lastSeen: string;
            alive: boolean;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;

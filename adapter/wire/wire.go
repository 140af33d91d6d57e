// Package wire is the messages between a softphone page and the adapter: types only, the one source of truth for both sides.
//
// Read first: FromPage, ToPage, Version. It knows nothing of sockets, flows or the CRM. The schema, the TypeScript
// types and their guards are generated from it: see Unions and generate.
package wire

import "encoding/json"

//go:generate go run ./generate schema.json
//go:generate node ../../softphone/wire.mjs schema.json ../../softphone/src/wire

// Version is what a page says in its hello. A page and an adapter that do not agree on it part at once, and say so: they never work
// by halves.
const Version = 4

// MaxMessage is the largest message either side accepts, in bytes.
const MaxMessage = 256 << 10

// Close codes of the socket beside the protocol's own.
const (
	CloseSignIn    = 4401 // the session is not good: the page has to sign in
	CloseOtherUser = 4403 // the page belongs to another user of the CRM than the session
	CloseVersion   = 4406 // the page speaks another Version; the reason is the adapter's
)

// FromPage is every message a page may send, exactly one member set beside Type.
type FromPage struct {
	Type     string    `json:"type"` // hello, event, front, sees, presence, result
	Hello    *Hello    `json:"hello,omitempty"`
	Event    *Event    `json:"event,omitempty"`
	Front    *Front    `json:"front,omitempty"`
	Sees     *Sees     `json:"sees,omitempty"`
	Presence *Presence `json:"presence,omitempty"`
	Result   *Result   `json:"result,omitempty"`
}

// ToPage is every message the adapter may send, exactly one member set beside Type.
type ToPage struct {
	Type    string   `json:"type"` // welcome, ack, refusal, command, notice, over, caller, signedOut
	Welcome *Welcome `json:"welcome,omitempty"`
	Ack     *Ack     `json:"ack,omitempty"`
	Refusal *Refusal `json:"refusal,omitempty"`
	Command *Command `json:"command,omitempty"`
	Notice  *Notice  `json:"notice,omitempty"`
	Over    *Over    `json:"over,omitempty"`
	Caller  *Caller  `json:"caller,omitempty"`
}

// Hello opens a socket. It must be the first message and come within five seconds. Only a page with a console around it says it.
type Hello struct {
	Version      int      `json:"version"`
	Session      string   `json:"session"`      // what the sign-in popup handed over
	User         string   `json:"user"`         // CRM user for whom the page was made; it must be the session's
	Page         string   `json:"page"`         // random id of this page load, kept over reconnects
	Front        Front    `json:"front"`        // where it stands among the user's tabs
	Capabilities []string `json:"capabilities"` // console, telephony: what commands it can carry out
	Build        string   `json:"build"`        // version of the script, for logs
}

// Front is how near a person is to a page. Among visible tabs the one with the latest sign of a person gets the commands.
type Front struct {
	Visible    bool  `json:"visible"`
	TouchedAgo int64 `json:"touchedAgo" jsonschema:"minimum=0"` // milliseconds since the latest sign of a person in it
}

// Welcome answers a hello.
type Welcome struct {
	Agent    string   `json:"agent"`    // the CRM user's name
	CCPURL   string   `json:"ccpUrl"`   // where the Contact Control Panel is
	Settings Settings `json:"settings"` // from the adapter record
	Wants    []string `json:"wants"`    // events beyond those that are always told, such as "connectVoiceContact.onRefresh"
}

// Settings is what the page must know of the adapter record.
type Settings struct {
	Region         string `json:"region"`
	DefaultCountry string `json:"defaultCountry"` // ISO 3166 alpha-2
	ClickToDial    bool   `json:"clickToDial"`
	LoginURL       string `json:"loginUrl,omitempty"` // where agents sign in to the contact centre, if not at the panel's address
	Panel          *Panel `json:"panel,omitempty"`    // as the library shows it by itself if missing
	// DebugLevel is how much the page writes into the browser's console.
	DebugLevel string   `json:"debugLevel,omitempty" jsonschema:"enum=Off,enum=Error,enum=Info,enum=Debug"`
	Problems   []string `json:"problems,omitempty"` // what is wrong with the record or its flows, for people
}

// Panel is how the Contact Control Panel is shown: options of the library's initCCP, by the fields of the adapter record.
type Panel struct {
	RingtoneURL     string `json:"ringtoneUrl,omitempty"` // of voice contacts; the contact centre's own if missing
	ChatRingtoneURL string `json:"chatRingtoneUrl,omitempty"`
	Medialess       bool   `json:"medialess"`       // audio is in another window
	EarlyMicrophone bool   `json:"earlyMicrophone"` // taken before a contact arrives
	AudioDevices    bool   `json:"audioDevices"`    // agents choose speaker, microphone and ringer
	PhoneType       bool   `json:"phoneType"`       // agents choose between softphone and desk phone
}

// Ack says that an event is kept safe: it need not be sent again, by any tab.
type Ack struct {
	Key string `json:"key"`
}

// Refusal says that an event was not kept.
type Refusal struct {
	Key string `json:"key"`
	// Reason is malformed, otherAgent (the page is signed in to the contact centre as somebody else's user), tooMany (of this user wait
	// already) or full (the adapter has no room).
	Reason string `json:"reason" jsonschema:"enum=malformed,enum=otherAgent,enum=tooMany,enum=full"`
	// RetryAfter is in how many milliseconds the page may send it again; 0 for never.
	RetryAfter int64 `json:"retryAfter" jsonschema:"minimum=0"`
}

// Event is a fact: something that happened in the page or at the contact centre. The page keeps it until it is acknowledged, in
// storage that all tabs share; any of them may send it, and as often as it likes.
type Event struct {
	Key string `json:"key"` // the same for the same occurrence in every tab and after every reload; at most 400 bytes
	// Age is how many milliseconds ago it happened: by the page's monotonic clock, or by the wall clock if an earlier load left it.
	Age     int64           `json:"age"`
	Source  string          `json:"source"` // flow source, such as connectVoiceContact, connectAgent, salesforceUi
	Event   string          `json:"event"`  // flow event, such as onConnecting, onClickToDial
	Replay  bool            `json:"replay"` // reconstructed from the snapshot after a load
	Contact *Contact        `json:"contact,omitempty"`
	Agent   *Agent          `json:"agent,omitempty"`
	Payload json.RawMessage `json:"payload,omitempty" jsonschema:"type=object"` // what the event carries, an object
}

// Sees is what a page sees at the contact centre: sent after each welcome once Streams has given its first snapshot of the agent,
// and whenever that snapshot comes anew. A page that sees nobody signed in does not send it.
type Sees struct {
	Agent    Agent     `json:"agent"`
	Contacts []Contact `json:"contacts"` // all of the agent's, in whatever state
}

// Presence is how the agent stands in Omni-Channel as a page reads it: sent after each welcome once the package's component has answered,
// and whenever the component comes or goes.
type Presence struct {
	There bool `json:"there"` // the component answers; if not, nothing else is known
	// StatusID, StatusName and StatusAPIName are "" while the agent is logged out.
	StatusID      string `json:"statusId"`
	StatusName    string `json:"statusName"`
	StatusAPIName string `json:"statusApiName"`
}

// Contact is what the page knows of a contact, as Streams tells it.
type Contact struct {
	ContactID        string            `json:"contactId"`
	InitialContactID string            `json:"initialContactId"`
	Type             string            `json:"type"`  // voice, queue_callback, chat, task
	State            string            `json:"state"` // connecting, connected, ended, missed, error …
	Inbound          bool              `json:"inbound"`
	PhoneNumber      string            `json:"phoneNumber"` // of the customer's end, as delivered; "" when withheld
	QueueName        string            `json:"queueName"`
	QueueARN         string            `json:"queueARN"`
	InitiationMethod string            `json:"initiationMethod"`
	Attributes       map[string]string `json:"attributes"`
	Since            int64             `json:"since"`       // epoch milliseconds of the contact centre's clock: when it got into its state
	ConnectedAt      int64             `json:"connectedAt"` // epoch milliseconds of the contact centre's clock; 0 if it never was
	Duration         int64             `json:"duration"`    // milliseconds connected, known at the end
	Hold             *Hold             `json:"hold,omitempty"`
}

// Hold is how it stands with the customer while a contact is connected.
type Hold struct {
	On    bool  `json:"on"`
	Since int64 `json:"since"` // epoch milliseconds of the contact centre's clock: when the customer was put on hold, or taken off
}

// Agent is what the page knows of the agent.
type Agent struct {
	Username       string `json:"username"`
	Name           string `json:"name"`
	State          string `json:"state"`
	Since          int64  `json:"since"` // epoch milliseconds of the contact centre's clock: when the agent got into the state
	RoutingProfile string `json:"routingProfile"`
}

// Command is something that the page must do once. Its Body has the shape of its Type.
type Command struct {
	ID   string      `json:"id"` // run, action and visit: carried out once, whatever happens to the socket
	Body CommandBody `json:"body"`
	// Again says that it may have been begun before, here or elsewhere. A page that remembers its result answers with that; one that
	// does not repeats what may be repeated, and answers unknown for what may not.
	Again bool `json:"again"`
	// IfRemembered only asks what became of it, since nobody wants it any more: a page that does not remember its result answers unable
	// and never carries it out. What the body would have done is not told again then.
	IfRemembered bool `json:"ifRemembered,omitempty"`
}

// Result says how a command ended.
type Result struct {
	ID string `json:"id"`
	// Outcome is done, refused (by the platform, see Error), unknown (begun, and cut in the middle) or unable (this page has not the
	// capability, or does not remember it: another may).
	Outcome string          `json:"outcome" jsonschema:"enum=done,enum=refused,enum=unknown,enum=unable"`
	Value   json.RawMessage `json:"value,omitempty"`
	Error   string          `json:"error,omitempty"` // the sentence, for who does not know the code
	Code    string          `json:"code,omitempty"`  // of the catalogue
	// Args are the code's.
	Args map[string]string `json:"args,omitempty"`
}

// Outcomes of a command.
const (
	OutcomeDone    = "done"
	OutcomeRefused = "refused"
	OutcomeUnknown = "unknown"
	OutcomeUnable  = "unable"
)

// Notice is shown to the agent until it has been read, or holds no more.
type Notice struct {
	Level string            `json:"level" jsonschema:"enum=info,enum=warning,enum=error"`
	Text  string            `json:"text"`           // the sentence, for a page that does not know the code
	Code  string            `json:"code,omitempty"` // of the catalogue
	Args  map[string]string `json:"args,omitempty"`
}

// Over says that what a notice told holds no more.
type Over struct {
	Code string `json:"code"`
}

// Kinds of what is known of a caller.
const (
	CallerKnown   = "known"   // one record has the number, or the agent has chosen one
	CallerSeveral = "several" // several have it
	CallerNone    = "none"    // nobody has it
	CallerUnsure  = "unsure"  // that could not be found out
)

// Caller is what is known of who is at the other end of a contact. The page says it beside the contact and in the console's bar. It is
// told when a search has ended, and again for the contacts that a page lists. Record is set if Kind is known.
type Caller struct {
	ContactID string  `json:"contactId"`
	Kind      string  `json:"kind" jsonschema:"enum=known,enum=several,enum=none,enum=unsure"`
	Record    *Match  `json:"record,omitempty"`
	Matches   []Match `json:"matches,omitempty"`
	Total     int     `json:"total"`          // of several, listed or not
	More      bool    `json:"more,omitempty"` // there are more than Total
	// Text, Code and Args are a sentence, as a Notice has it.
	Text string            `json:"text"`
	Code string            `json:"code"`
	Args map[string]string `json:"args,omitempty"`
	// CanAdd says that a new record for the number makes sense.
	CanAdd bool `json:"canAdd,omitempty"`
}

// Union says which member a message of a type has; "" is none.
type Union struct {
	Of      any               // the struct whose members they are
	Members map[string]string // by type
}

// Unions are the messages that come in several types. A type that is not here is no message.
var Unions = map[string]Union{
	"FromPage": {FromPage{}, map[string]string{"hello": "hello", "event": "event", "front": "front", "sees": "sees", "presence": "presence",
		"result": "result"}},
	"ToPage": {ToPage{}, map[string]string{
		"welcome": "welcome", "ack": "ack", "refusal": "refusal", "command": "command", "notice": "notice", "over": "over", "caller": "caller",
		"signedOut": "",
	}},
	"CommandBody": {CommandBody{}, commandMembers()},
}

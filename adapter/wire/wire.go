// Package wire is the messages between a softphone page and the adapter: types only, the one source of truth for both sides.
//
// Read first: FromPage, ToPage, Version. It knows nothing of sockets, flows or the CRM. The schema, the TypeScript
// types and their guards are generated from it: see Unions and generate.
package wire

import "encoding/json"

//go:generate go run ./generate schema.json
//go:generate node ../../softphone/wire.mjs schema.json ../../softphone/src/wire

// Version is what a page says in its hello. Messages only gain types and optional fields within a version.
const Version = 1

// MaxMessage is the largest message either side accepts, in bytes.
const MaxMessage = 256 << 10

// FromPage is every message a page may send, exactly one member set beside Type.
type FromPage struct {
	Type   string  `json:"type"` // hello, event, ack, result
	Hello  *Hello  `json:"hello,omitempty"`
	Event  *Event  `json:"event,omitempty"`
	Ack    *Ack    `json:"ack,omitempty"`
	Result *Result `json:"result,omitempty"`
}

// ToPage is every message the adapter may send, exactly one member set beside Type.
type ToPage struct {
	Type    string   `json:"type"` // welcome, ack, command, notice, signedOut
	Welcome *Welcome `json:"welcome,omitempty"`
	Ack     *Ack     `json:"ack,omitempty"`
	Command *Command `json:"command,omitempty"`
	Notice  *Notice  `json:"notice,omitempty"`
}

// Hello opens a socket. It must be the first message and come within five seconds.
type Hello struct {
	Version int    `json:"version"`
	Session string `json:"session"` // what the sign-in popup handed over
	Page    string `json:"page"`    // random id of this page load, kept over reconnects
	LastSeq uint64 `json:"lastSeq"` // highest command sequence number that the page has carried out or queued; 0 for none
	Visible bool   `json:"visible"` // the browser tab is in front
	InPanel bool   `json:"inPanel"` // it has a console around it
	Build   string `json:"build"`   // version of the script, for logs
}

// Welcome answers a hello.
type Welcome struct {
	Agent    string   `json:"agent"`                          // the CRM user's name
	CCPURL   string   `json:"ccpUrl"`                         // where the Contact Control Panel is
	LastSeq  uint64   `json:"lastSeq" jsonschema:"minimum=0"` // highest event sequence number of this page that is kept safe here
	Settings Settings `json:"settings"`                       // from the adapter record
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

// Ack says that everything up to a sequence number is kept safe; it need not be sent again.
type Ack struct {
	Seq uint64 `json:"seq" jsonschema:"minimum=0"`
}

// Event is something that happened in the page. It is kept by the page until acknowledged.
type Event struct {
	Seq     uint64          `json:"seq"`    // counts up from 1 within a page id
	At      int64           `json:"at"`     // epoch milliseconds of the page's clock
	Source  string          `json:"source"` // flow source, such as connectVoiceContact, connectAgent, salesforceUi
	Event   string          `json:"event"`  // flow event, such as onConnecting, onClickToDial
	Key     string          `json:"key"`    // the same for the same occurrence in every tab and after every reload
	Replay  bool            `json:"replay"` // reconstructed from the snapshot after a load
	Contact *Contact        `json:"contact,omitempty"`
	Agent   *Agent          `json:"agent,omitempty"`
	Payload json.RawMessage `json:"payload,omitempty" jsonschema:"type=object"` // what the event carries, an object
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
	ConnectedAt      int64             `json:"connectedAt"` // epoch milliseconds; 0 if it never was
	Duration         int64             `json:"duration"`    // milliseconds connected, known at the end
}

// Agent is what the page knows of the agent.
type Agent struct {
	Username       string `json:"username"`
	Name           string `json:"name"`
	State          string `json:"state"`
	RoutingProfile string `json:"routingProfile"`
}

// Command is something that the page must do once. Its Body has the shape of its Type.
type Command struct {
	Seq  uint64      `json:"seq"` // counts up from 1 within a page id
	ID   string      `json:"id"`  // carried out once, whatever happens to the socket
	Body CommandBody `json:"body"`
}

// CommandBody is every command, exactly one member set beside Type.
type CommandBody struct {
	Type      string     `json:"type"` // searchAndScreenPop, screenPop, dial, log, clickToDial, refresh, showPanel
	SearchPop *SearchPop `json:"searchPop,omitempty"`
	ScreenPop *ScreenPop `json:"screenPop,omitempty"`
	Dial      *Dial      `json:"dial,omitempty"`
	Log       *LogLine   `json:"log,omitempty"`
}

// SearchPop is Open CTI's searchAndScreenPop. Result: value is the map of records that it gives.
type SearchPop struct {
	SearchParams       string            `json:"searchParams"`
	QueryParams        string            `json:"queryParams"`
	DefaultFieldValues map[string]string `json:"defaultFieldValues,omitempty"`
	CallType           string            `json:"callType"` // inbound, outbound, internal
	Deferred           bool              `json:"deferred"` // search only
}

// ScreenPop is Open CTI's screenPop of a record.
type ScreenPop struct {
	RecordID string `json:"recordId"`
}

// Dial asks the CCP to call a number.
type Dial struct {
	PhoneNumber string `json:"phoneNumber"` // E.164
	QueueARN    string `json:"queueARN"`    // "" is the agent's default outbound queue
}

// LogLine goes to the browser's console.
type LogLine struct {
	Level   string `json:"level" jsonschema:"enum=debug,enum=info,enum=warn,enum=error"`
	Message string `json:"message"`
}

// Result says how a command ended.
type Result struct {
	ID    string          `json:"id"`
	OK    bool            `json:"ok"`
	Value json.RawMessage `json:"value,omitempty"`
	Error string          `json:"error,omitempty"`
}

// Notice is shown to the agent.
type Notice struct {
	Level string `json:"level" jsonschema:"enum=info,enum=warning,enum=error"`
	Text  string `json:"text"`
}

// Union says which member a message of a type has; "" is none.
type Union struct {
	Of      any               // the struct whose members they are
	Members map[string]string // by type
}

// Unions are the messages that come in several types. A type that is not here is no message.
var Unions = map[string]Union{
	"FromPage": {FromPage{}, map[string]string{"hello": "hello", "event": "event", "ack": "ack", "result": "result"}},
	"ToPage":   {ToPage{}, map[string]string{"welcome": "welcome", "ack": "ack", "command": "command", "notice": "notice", "signedOut": ""}},
	"CommandBody": {CommandBody{}, map[string]string{
		"searchAndScreenPop": "searchPop", "screenPop": "screenPop", "dial": "dial", "log": "log", "clickToDial": "",
		"refresh": "", "showPanel": "",
	}},
}

package wire

import (
	"encoding/json"
	"time"
)

// Kind is one kind of command: all that adapter and page have to agree on, in one place. The page's table is generated from it.
type Kind struct {
	Name   string `json:"name"`
	Member string `json:"-"`     // of CommandBody; "" has no arguments
	Needs  string `json:"needs"` // capability of the page that carries it out
	// Repeatable commands may be carried out twice without harm. What is not is marked as begun before it is done.
	Repeatable bool `json:"repeatable"`
	// Within is how long the page may take. The adapter waits Grace longer.
	Within time.Duration `json:"-"`
	// Contact says that the command is too old once its contact has ended: nobody wants it then.
	Contact bool `json:"-"`
}

// Grace is how much longer the adapter waits for a result than the page may take for it.
const Grace = 3 * time.Second

// Capabilities of pages.
const (
	Console   = "console"   // a console around the page answers
	Telephony = "telephony" // the agent is signed in to the contact centre there
)

// Kinds are all commands there are.
var Kinds = []Kind{
	{Name: "search", Member: "search", Needs: Console, Repeatable: true, Within: 15 * time.Second, Contact: true},
	{Name: "softphoneLayout", Needs: Console, Repeatable: true, Within: 5 * time.Second},
	{Name: "screenPop", Member: "screenPop", Needs: Console, Repeatable: true, Within: 15 * time.Second, Contact: true},
	{Name: "choose", Member: "choose", Needs: Console, Repeatable: true, Within: 5 * time.Second, Contact: true},
	{Name: "dial", Member: "dial", Needs: Telephony, Within: 15 * time.Second},
	{Name: "log", Member: "log", Repeatable: true, Within: 5 * time.Second},
	{Name: "refresh", Member: "refresh", Needs: Console, Repeatable: true, Within: 5 * time.Second},
	{Name: "showPanel", Needs: Console, Repeatable: true, Within: 5 * time.Second},
	{Name: "appView", Needs: Console, Repeatable: true, Within: 5 * time.Second},
	{Name: "refreshView", Needs: Console, Repeatable: true, Within: 5 * time.Second},
	{Name: "panel", Member: "panel", Needs: Console, Repeatable: true, Within: 5 * time.Second},
	{Name: "clickToDial", Member: "clickToDial", Needs: Console, Repeatable: true, Within: 5 * time.Second},
	{Name: "question", Member: "question", Needs: Console, Repeatable: true, Within: 45 * time.Second},
	{Name: "alert", Member: "alert", Needs: Console, Repeatable: true, Within: 5 * time.Second},
	{Name: "completeWork", Member: "completeWork", Needs: Console, Within: 15 * time.Second},
	{Name: "omni", Member: "omni", Needs: Console, Repeatable: true, Within: 10 * time.Second},
	{Name: "openTab", Member: "openTab", Needs: Console, Within: 15 * time.Second},
	{Name: "closeTab", Member: "closeTab", Needs: Console, Repeatable: true, Within: 5 * time.Second},
	{Name: "tabs", Needs: Console, Repeatable: true, Within: 5 * time.Second},
	{Name: "agent", Needs: Telephony, Repeatable: true, Within: 5 * time.Second},
	{Name: "setStatus", Member: "setStatus", Needs: Telephony, Repeatable: true, Within: 15 * time.Second},
	{Name: "mute", Member: "mute", Needs: Telephony, Repeatable: true, Within: 5 * time.Second},
	{Name: "endpoints", Member: "endpoints", Needs: Telephony, Repeatable: true, Within: 15 * time.Second},
	{Name: "phone", Member: "phone", Needs: Telephony, Repeatable: true, Within: 15 * time.Second},
	{Name: "ccpLogs", Needs: Telephony, Repeatable: true, Within: 5 * time.Second},
	{Name: "hangUp", Member: "hangUp", Needs: Telephony, Within: 15 * time.Second, Contact: true},
	{Name: "signOut", Needs: Telephony, Repeatable: true, Within: 15 * time.Second},
	{Name: "clearContact", Member: "clearContact", Needs: Telephony, Within: 15 * time.Second},
}

// KindOf finds a kind by its name.
func KindOf(name string) (Kind, bool) {
	for _, k := range Kinds {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}

func commandMembers() map[string]string {
	members := map[string]string{}
	for _, k := range Kinds {
		members[k.Name] = k.Member
	}
	return members
}

// CommandBody is every command, the member of its kind set beside Type.
type CommandBody struct {
	Type         string        `json:"type"`
	Search       *Search       `json:"search,omitempty"`
	ScreenPop    *ScreenPop    `json:"screenPop,omitempty"`
	Choose       *Choose       `json:"choose,omitempty"`
	Dial         *Dial         `json:"dial,omitempty"`
	Log          *LogLine      `json:"log,omitempty"`
	Refresh      *Refresh      `json:"refresh,omitempty"`
	Panel        *PanelChange  `json:"panel,omitempty"`
	ClickToDial  *Switch       `json:"clickToDial,omitempty"`
	Question     *Question     `json:"question,omitempty"`
	Alert        *Alert        `json:"alert,omitempty"`
	CompleteWork *CompleteWork `json:"completeWork,omitempty"`
	Omni         *Omni         `json:"omni,omitempty"`
	OpenTab      *OpenTab      `json:"openTab,omitempty"`
	CloseTab     *TabRef       `json:"closeTab,omitempty"`
	SetStatus    *SetStatus    `json:"setStatus,omitempty"`
	Mute         *Switch       `json:"mute,omitempty"`
	Endpoints    *Endpoints    `json:"endpoints,omitempty"`
	Phone        *Phone        `json:"phone,omitempty"`
	HangUp       *ContactRef   `json:"hangUp,omitempty"`
	ClearContact *ContactRef   `json:"clearContact,omitempty"`
}

// Search is Open CTI's searchAndScreenPop. Result: the value is what it gives: records by id, and SCREEN_POP_DATA when something is
// to pop.
type Search struct {
	SearchParams       string            `json:"searchParams"`
	QueryParams        string            `json:"queryParams"`
	DefaultFieldValues map[string]string `json:"defaultFieldValues,omitempty"`
	CallType           string            `json:"callType"` // inbound, outbound, internal
	Deferred           bool              `json:"deferred"` // search only: what is found is filtered before it pops
}

// ScreenPop is Open CTI's screenPop: its type and its parameters, an object, as that API has them. Result: the value is Popped, or null
// where what popped is no record. It outlives the page, for whoever asks later what popped.
type ScreenPop struct {
	Type   string          `json:"type"`
	Params json.RawMessage `json:"params" jsonschema:"type=object"`
}

// Popped is the value of a screenPop's result.
type Popped struct {
	RecordID string `json:"recordId"`
}

// Choose shows the agent the records among which to choose. Each has the shape of Match; none takes the choice away. What the agent
// chooses is told as an event: source patchcord, event onChosen, payload {contactId, recordId}.
type Choose struct {
	ContactID string  `json:"contactId"`
	Matches   []Match `json:"matches"`
	Total     int     `json:"total"`          // how many there are, listed or not
	More      bool    `json:"more,omitempty"` // there are more than Total
}

// Match is a record that fits a contact.
type Match struct {
	RecordID string `json:"recordId"`
	Object   string `json:"object"` // API name
	Name     string `json:"name"`
}

// Dial asks the CCP to call a number. It is never carried out twice.
type Dial struct {
	PhoneNumber string `json:"phoneNumber"` // E.164
	QueueARN    string `json:"queueARN"`    // "" is the agent's default outbound queue
}

// LogLine goes to the browser's console.
type LogLine struct {
	Level   string `json:"level" jsonschema:"enum=debug,enum=info,enum=warn,enum=error"`
	Message string `json:"message"`
}

// Refresh loads the record in front again, so that its related lists show what was written: only while that record is in front and
// no key was pressed in the softphone for five seconds.
type Refresh struct {
	RecordID string `json:"recordId"`
}

// PanelChange is what becomes of the softphone's panel; what is missing stays as it is.
type PanelChange struct {
	Show   string `json:"show,omitempty" jsonschema:"enum=shown,enum=hidden"`
	Height int    `json:"height,omitempty" jsonschema:"minimum=240,maximum=2560"` // pixels. Source: Open CTI, setSoftphonePanelHeight
	Width  int    `json:"width,omitempty" jsonschema:"minimum=200,maximum=1920"`
}

// Switch turns something on or off.
type Switch struct {
	On bool `json:"on"`
}

// Question asks the agent something in the softphone. Result: the value is {confirmed}. It is refused if nobody answers in time.
type Question struct {
	Title   string `json:"title"`
	Message string `json:"message"`
	Confirm string `json:"confirm"` // words on the buttons; "" is the page's own
	Cancel  string `json:"cancel"`
}

// Alert shows the agent a line that can be put away.
type Alert struct {
	Message string `json:"message"`
}

// CompleteWork is Open CTI's hvs.completeWork.
type CompleteWork struct {
	WorkID      string `json:"workId"`
	Disposition string `json:"disposition"`
	TaskID      string `json:"taskId"`
}

// Omni asks Omni-Channel something, through the package's component in the console; a page beside which none answers is unable. Result:
// the value of status, setStatus and login is {statusId, statusName, statusApiName}, whose texts are "" while the agent is logged out, that
// of workload {configuredCapacity, currentWorkload}, that of logout null. Source: Salesforce Console JavaScript API, Omni-Channel.
type Omni struct {
	Method   string `json:"method" jsonschema:"enum=status,enum=setStatus,enum=login,enum=logout,enum=workload"`
	StatusID string `json:"statusId,omitempty"` // of setStatus and login
}

// OpenTab opens a tab of the console, as Omni does. Result: the value is the tab's id.
type OpenTab struct {
	URL    string `json:"url"`              // within the org
	Parent string `json:"parent,omitempty"` // id of the primary tab under which it opens; "" makes it one itself
	Active bool   `json:"active"`           // it comes to the front
	Label  string `json:"label,omitempty"`  // "" is the console's own
}

// TabRef names a tab of the console.
type TabRef struct {
	ID string `json:"id"`
}

// ConsoleTab is one tab in the value of the command tabs, which is a list of the primary tabs in their order.
type ConsoleTab struct {
	ID       string       `json:"id"`
	URL      string       `json:"url"`
	RecordID string       `json:"recordId"` // "" if it shows none
	Focused  bool         `json:"focused"`  // it is in front; of a primary tab also if one of its subtabs is
	Subtabs  []ConsoleTab `json:"subtabs"`
}

// SetStatus chooses the agent's status, by the first of its members that is set. While a contact is open the status comes after it. What
// no agent can choose is refused.
type SetStatus struct {
	ARN      string `json:"arn"`
	Name     string `json:"name"`
	Routable bool   `json:"routable"` // the first in which contacts come
}

// Endpoints asks for the quick connects of a queue. Result: the value is a list of at most 500, each {endpointARN, endpointId, type, name,
// phoneNumber, agentLogin, queue}.
type Endpoints struct {
	QueueARN string `json:"queueARN"` // "" is all queues of the agent
}

// Phone says by which phone the agent takes calls.
type Phone struct {
	Softphone bool   `json:"softphone"`
	Extension string `json:"extension"` // of the desk phone; "" leaves it as it is
}

// ContactRef names a contact of the agent.
type ContactRef struct {
	ContactID string `json:"contactId"`
}

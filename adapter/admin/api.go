package admin

import (
	"encoding/json"
	"time"

	"github.com/patchcord/patchcord/adapter/told"
)

// All answers are JSON. Times are RFC 3339 in UTC, with at most milliseconds; those that may be missing are left out. Lists are never null.
//
//	GET  /admin/api/me                       Me
//	GET  /admin/api/filters                  Filters
//	GET  /admin/api/calls                    CallList; query: number, agent, queue, outcome, from, to, cursor, limit
//	GET  /admin/api/calls/{contactId}        CallDetail
//	GET  /admin/api/runs/{id}/steps?from=N   StepList
//	GET  /admin/api/waiting                  WaitingList; query: status (waiting or givenUp), cursor, limit
//	POST /admin/api/runs/{id}/retry          Done
//	POST /admin/api/runs/{id}/drop           Done
//	GET  /admin/api/health                   Health
//	POST /admin/api/bindings/{user}/release  Done; a CRM user's id, or a user name of the contact centre
//	POST /admin/api/forget                   Forgotten; body {"number": "+12065550142", "next": Next of the answer before, if any}
//	POST /admin/api/shadow                   Shadow; body ShadowAsk
//	POST /admin/api/token                    Token, for patchcord calls --token
//	POST /admin/api/sign-out                 Done
//
// What is asked of agents' presences is in presence_api.go.
//
// GET /admin/sign-in?back=/admin/calls begins a sign-in, which ends at back. A POST carries the header Patchcord-CSRF with Me's CSRF.
// What goes wrong is a Problem.

// Problem is the body of every answer that is no success.
type Problem struct {
	Code     string `json:"code"` // unsigned (401), denied (403), missing (404), invalid (400), conflict (409), unavailable (503), internal
	Sentence string `json:"sentence"`
}

// Sees says whose calls somebody sees.
type Sees string

// What there is to see.
const (
	Everything Sees = "all" // everybody's calls, what waits, and health
	Own        Sees = "own" // the person's own calls only
)

// Me is who is signed in.
type Me struct {
	UserID string `json:"userId"` // CRM user, 18 characters; "" over the socket of the data folder
	Name   string `json:"name"`
	Sees   Sees   `json:"sees"`
	CSRF   string `json:"csrf"` // to be sent back in the header Patchcord-CSRF of each POST
	// Expires is when the sign-in is over.
	Expires *time.Time `json:"expires,omitempty"`
}

// Agent is a CRM user, by what is known of the user as an agent.
type Agent struct {
	UserID   string `json:"userId"`
	Name     string `json:"name"`     // as the contact centre has it; "" if it is not known
	Username string `json:"username"` // of the contact centre; "" if it is not known
}

// Outcome is what became of a call's pop, in one word to filter by.
type Outcome = told.Outcome

// Sentence is a reason for people: Code and Args for programs, Sentence in English.
type Sentence = told.Sentence

// Filters are what a list of calls can be narrowed to.
type Filters struct {
	Agents   []Agent   `json:"agents"` // at most 1,000; one who sees only own calls finds only himself or herself
	Queues   []string  `json:"queues"`
	Outcomes []Outcome `json:"outcomes"`
}

// CallList is a page of calls, the latest first.
type CallList struct {
	Calls []Call `json:"calls"`
	Next  string `json:"next,omitempty"` // cursor of the following page; "" if there is none
}

// Call is one contact as one agent had it: in a list, without what it is made of.
type Call struct {
	ContactID string     `json:"contactId"`
	Agent     Agent      `json:"agent"`
	Type      string     `json:"type"` // voice, queue_callback, chat, task
	Inbound   bool       `json:"inbound"`
	Number    string     `json:"number"` // of the customer's end, as delivered; "" when withheld
	Queue     string     `json:"queue"`  // its name; "" if there is none
	At        time.Time  `json:"at"`     // when it came to the agent
	Phase     string     `json:"phase"`  // offered, accepted, connected, ended; "" if nothing is known
	Answered  bool       `json:"answered"`
	EndedAt   *time.Time `json:"endedAt,omitempty"`
	Duration  int64      `json:"duration"`         // milliseconds connected; 0 while it is on or if it never was
	Record    string     `json:"record,omitempty"` // id of the record that popped or was chosen
	Outcome   Outcome    `json:"outcome"`
	Why       Sentence   `json:"why"` // why it popped or did not
	// TraceID is its trace, as W3C Trace Context writes it; "" while traces are not exported, or not of this one.
	TraceID string `json:"traceId,omitempty"`
}

// CallDetail is a contact with all that is kept of it. An agent who sees only own calls finds only the own leg.
type CallDetail struct {
	ContactID string `json:"contactId"`
	Legs      []Leg  `json:"legs"` // one for each agent who had it, the first first
	// Damaged names what of it could not be read.
	Damaged []string `json:"damaged"`
}

// Leg is a contact as one agent had it.
type Leg struct {
	Call       Call              `json:"call"`
	Attributes map[string]string `json:"attributes"`
	States     []State           `json:"states"` // of the contact, in their order
	Facts      []Fact            `json:"facts"`  // what pages told, the oldest first; at most 200
	Popped     []Popped          `json:"popped"`
	Chosen     string            `json:"chosen,omitempty"` // id of the record that the agent chose among several
	Dialled    string            `json:"dialled,omitempty"`
	Task       string            `json:"task,omitempty"` // id of the call log's Task
	Runs       []Run             `json:"runs"`           // the oldest first; at most 200
	// RecordURL and TaskURL are of the CRM; "" if it is not known where that is.
	RecordURL string `json:"recordUrl,omitempty"`
	TaskURL   string `json:"taskUrl,omitempty"`
}

// State is one transition of a contact.
type State struct {
	Event   string    `json:"event"` // onIncoming, onConnecting, onAccepted, onConnected, onMissed, onEnded, onDestroy
	State   string    `json:"state"` // the contact centre's word; "" if it was not told
	At      time.Time `json:"at"`
	Derived bool      `json:"derived"` // nobody told it: it follows from what a page sees
	// Misdated says that the page's clock made no sense: At is the arrival.
	Misdated bool `json:"misdated"`
}

// Popped is a record that popped.
type Popped struct {
	Record string    `json:"record"`
	At     time.Time `json:"at"`
}

// Fact is one thing that a page told.
type Fact struct {
	Key      string    `json:"key"`
	Name     string    `json:"name"` // source.event
	At       time.Time `json:"at"`
	Page     string    `json:"page"` // random id of the page's load
	Derived  bool      `json:"derived"`
	Misdated bool      `json:"misdated"`
	Replay   bool      `json:"replay"`
	State    string    `json:"state,omitempty"` // of the contact then
}

// Run is one thing that was done, is to be done, or was not, and why.
type Run struct {
	ID      int64      `json:"id"`
	Contact string     `json:"contactId,omitempty"`
	Agent   Agent      `json:"agent"`
	Kind    string     `json:"kind"`           // flow, decide, lapse, task, channel, refresh
	Flow    string     `json:"flow,omitempty"` // name of the flow
	Event   string     `json:"event,omitempty"`
	Status  RunStatus  `json:"status"`
	Why     *Sentence  `json:"why,omitempty"` // why it is not completed, or what came of it
	Created time.Time  `json:"created"`
	Ended   *time.Time `json:"ended,omitempty"`
	Wake    *time.Time `json:"wake,omitempty"` // when a waiting one is tried again
	Took    int64      `json:"took"`           // milliseconds from its creation to its end; 0 while it is open
	Tries   int        `json:"tries"`          // that came to nothing
	Version string     `json:"version,omitempty"`
	// CanRetry and CanDrop say which of the two POSTs make sense.
	CanRetry bool `json:"canRetry"`
	CanDrop  bool `json:"canDrop"`
	// Steps are the first of a flow's blocks, as far as an answer has room; StepsTotal is how many there are.
	Steps      []Step `json:"steps"`
	StepsTotal int    `json:"stepsTotal"`
}

// RunStatus is how a run stands.
type RunStatus string

// The statuses.
const (
	RunWaiting   RunStatus = "waiting"
	RunCompleted RunStatus = "completed"
	RunPartial   RunStatus = "partial"
	RunFailed    RunStatus = "failed"
	RunGivenUp   RunStatus = "givenUp"
	RunNotRun    RunStatus = "notRun"
)

// Step is one block of a flow that ran.
type Step struct {
	Number int    `json:"number"` // from 1
	Action string `json:"action"` // its id in the flow
	// In is where the flow was called in which it is: the caller's action and its visit, as in uid-3:1; "" in the run's own flow.
	In      string    `json:"in,omitempty"`
	Type    string    `json:"type"`
	Title   string    `json:"title,omitempty"`
	Port    string    `json:"port"` // by which it was left; "" while it is open
	Problem string    `json:"problem,omitempty"`
	Warning string    `json:"warning,omitempty"` // what a person should know, though the block did its work
	Open    bool      `json:"open"`              // begun, and its end is not known
	Started time.Time `json:"started"`
	Took    int64     `json:"took"` // milliseconds
	// Inputs and Result are JSON. What is larger than there is room for is a text, cut, and its Cut is its whole size in bytes.
	Inputs    json.RawMessage `json:"inputs,omitempty"`
	InputsCut int             `json:"inputsCut,omitempty"`
	Result    json.RawMessage `json:"result,omitempty"`
	ResultCut int             `json:"resultCut,omitempty"`
}

// StepList is a page of a run's steps.
type StepList struct {
	Steps []Step `json:"steps"`
	Total int    `json:"total"`
	Next  int    `json:"next,omitempty"` // from of the following page; 0 if there is none
}

// WaitingList is what waits and what was given up.
type WaitingList struct {
	Groups []WaitingGroup `json:"groups"` // by agent and reason, the largest first; at most 200
	Runs   []Run          `json:"runs"`   // the oldest first, without steps
	Next   string         `json:"next,omitempty"`
}

// WaitingGroup counts what waits for one reason of one agent.
type WaitingGroup struct {
	Agent  Agent     `json:"agent"`
	Status RunStatus `json:"status"` // waiting or givenUp
	Why    Sentence  `json:"why"`
	Count  int       `json:"count"`
	Oldest time.Time `json:"oldest"`
}

// Health is how the adapter does.
type Health struct {
	Open    int `json:"open"`    // runs that have not ended
	Waiting int `json:"waiting"` // of them, those that wait for a sign-in
	GivenUp int `json:"givenUp"`
	// SyncStopped is of how many agents the presence sync is stopped.
	SyncStopped int `json:"syncStopped"`
	Store       struct {
		File     string `json:"file"`     // or where the database is
		Size     int64  `json:"size"`     // bytes, its journal included
		Free     int64  `json:"free"`     // bytes that the disk has left; -1 if nobody says
		Writable bool   `json:"writable"` // the latest transaction could be made durable
		// Problem says what a person can do about a store that is damaged or full.
		Problem string `json:"problem,omitempty"`
	} `json:"store"`
	API struct {
		Used int `json:"used"` // requests of 24 hours, by whomever; 0 of 0 if the org has not said
		Max  int `json:"max"`
	} `json:"api"`
	// Nodes are the adapters that share the store; none for one that is alone.
	Nodes    []NodeHealth   `json:"nodes,omitempty"`
	Agents   []AgentHealth  `json:"agents"` // with a page, or bound; at most 1,000
	Records  []RecordHealth `json:"records"`
	Damage   []string       `json:"damage"`
	Problems []Sentence     `json:"problems"` // what a person should do something about, the worst first
}

// NodeHealth is one of the adapters that share a store.
type NodeHealth struct {
	Name    string    `json:"name"`
	Version string    `json:"version"` // of the program
	Address string    `json:"address"` // where it serves
	Since   time.Time `json:"since"`
	Heard   time.Time `json:"heard"`  // when it said last that it lives
	Silent  bool      `json:"silent"` // for so long that the others will soon take it for dead
	Agents  int       `json:"agents"` // whose work it has in hand
	Pages   int       `json:"pages"`  // softphone pages that are connected to it
	Leads   bool      `json:"leads"`  // it does what one does for all
	Here    bool      `json:"here"`   // it gave this answer
}

// AgentHealth is an agent who is connected or bound.
type AgentHealth struct {
	Agent Agent      `json:"agent"`
	Pages int        `json:"pages"`           // connected softphone pages
	Bound *time.Time `json:"bound,omitempty"` // since when agent and contact centre user belong together
	State string     `json:"state"`           // at the contact centre; "" if it is not known
}

// RecordHealth is an adapter record in use that has problems.
type RecordHealth struct {
	CallCenter string   `json:"callCenter"`
	Name       string   `json:"name"` // of the record; "" if it could not be read
	URL        string   `json:"url,omitempty"`
	Problems   []string `json:"problems"`
}

// Done says that it was done.
type Done struct {
	Done bool `json:"done"`
}

// Forgotten says how much of a person was erased, and what stays.
type Forgotten struct {
	Contacts int    `json:"contacts"`
	Live     int    `json:"live"` // contacts that are on, and were left: forget again when they have ended
	Facts    int    `json:"facts"`
	Runs     int    `json:"runs"`
	Stays    string `json:"stays"` // what stays in the CRM, in a sentence
	// Next is to be sent along to have the rest forgotten; "" if that was all.
	Next string `json:"next,omitempty"`
}

// Token lets a program ask as the person who asked for it.
type Token struct {
	Token   string    `json:"token"`
	Expires time.Time `json:"expires"`
}

// ShadowAsk is a draft of a flow that is to be compared with what was done. One answer is a slice: with Next, Instead and Left of it the
// same is asked again.
type ShadowAsk struct {
	Script  string `json:"script"`            // the draft, as its file has it
	Event   string `json:"event"`             // source.event
	Days    int    `json:"days"`              // 1 to 90
	Instead string `json:"instead,omitempty"` // name or id of the flow whose place it takes; else that of its name, else the oldest
	New     bool   `json:"new,omitempty"`     // it takes no flow's place: nothing was done before
	// Flows are scripts of flows that the draft calls, by their names; others are as they were when the run was that it is compared with.
	Flows map[string]string `json:"flows,omitempty"`
	Left  int               `json:"left,omitempty"` // events, at most 10,000
	Next  string            `json:"next,omitempty"`
}

// Shadow is what a draft would do otherwise, the newest event first.
type Shadow struct {
	Event   string     `json:"event"`
	Instead string     `json:"instead,omitempty"`
	Beside  int        `json:"beside,omitempty"` // how many younger flows the event fires whose place it might take as well
	Since   time.Time  `json:"since"`
	Looked  *time.Time `json:"looked,omitempty"` // the event that was looked at last
	// Same, Differ, Fail and Unknown count events: it would do the same; something else; the same, and fail; what cannot be told.
	Same    int `json:"same"`
	Differ  int `json:"differ"`
	Fail    int `json:"fail"`
	Unknown int `json:"unknown"`
	// Open, NotRun and Damaged count what was left out: runs that have not ended, that were not to run, that cannot be read.
	Open    int `json:"open"`
	NotRun  int `json:"notRun"`
	Damaged int `json:"damaged"`
	// Cases are the events whose effects differ, Stops where the others could not be followed.
	Cases []ShadowCase `json:"cases"`
	Stops []ShadowStop `json:"stops"`
	// OnlyIfWanted says that the event is told only while a flow wants it, FirstTold since when it is; absent if it never was.
	OnlyIfWanted bool       `json:"onlyIfWanted"`
	FirstTold    *time.Time `json:"firstTold,omitempty"`
	// FirstToldUnknown says that it takes too long to find that out.
	FirstToldUnknown bool   `json:"firstToldUnknown,omitempty"`
	Left             int    `json:"left"`           // events that may still be looked at
	Next             string `json:"next,omitempty"` // of the following slice; "" if this is the last
}

// ShadowCase is one event for which the draft would do something else.
type ShadowCase struct {
	ContactID string         `json:"contactId,omitempty"`
	Agent     Agent          `json:"agent"`
	Number    string         `json:"number,omitempty"`
	Inbound   bool           `json:"inbound"`
	At        time.Time      `json:"at"`
	Run       int64          `json:"run,omitempty"` // that it was compared with; 0 if no flow ran
	Verdict   string         `json:"verdict"`       // differs or fails
	Changes   []ShadowChange `json:"changes"`       // at most 20
	More      int            `json:"more,omitempty"`
	Problem   string         `json:"problem,omitempty"` // why the draft would fail
	Stop      *ShadowStop    `json:"stop,omitempty"`    // behind which nothing can be told
}

// ShadowChange is an effect in the place of another one, or besides, or left out.
type ShadowChange struct {
	Draft    *ShadowEffect `json:"draft,omitempty"`
	Recorded *ShadowEffect `json:"recorded,omitempty"`
	Text     string        `json:"text"`
}

// ShadowEffect is what a block does outside.
type ShadowEffect struct {
	Action string `json:"action"`
	Block  string `json:"block"` // type
	Verb   string `json:"verb"`
	Text   string `json:"text"`
}

// ShadowStop is a block behind which nothing can be told.
type ShadowStop struct {
	Action string `json:"action"` // "" where only what was done cannot be seen
	Label  string `json:"label"`
	// Why is unrecorded: nobody answered that; masked: it hangs on a value that nobody may see; or notKept: it calls a flow that is not
	// known.
	Why    string `json:"why"`
	Events int    `json:"events"`
}

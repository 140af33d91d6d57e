// Package lightning serves the Service Console: its pages, and the JSON that they ask for on behalf of the signed-in user.
//
// Read first: Config, Handler, Data. It knows no SQL and no sign-in form: who asks comes from Config.Authenticate, and every
// record is read and written with that user's rights.
package lightning

import (
	"context"
	"encoding/json"
	"io/fs"
	"log/slog"
	"net/http"

	"github.com/patchcord/patchcord/sandbox/crm"
)

// Config says where the console stands and whom it asks.
type Config struct {
	Data              Data
	Authenticate      func(*http.Request) (crm.RecordID, error)
	Page              fs.FS  // the folder that sandbox/crm/lightning/page builds
	Origin            string // http://localhost:8080
	VisualforceOrigin string // http://localhost:8081; relative adapter addresses are resolved there
	Log               *slog.Logger
}

// Data is the org as the console sees it. Org binds it to the CRM's core.
type Data interface {
	User(ctx context.Context, id string) (User, error)
	Organization(ctx context.Context, user string) (id, name string, err error)
	// TrustedFrames are addresses that pages may frame by the org's Trusted URLs.
	TrustedFrames(ctx context.Context) []string
	// As acts with the rights of a user.
	As(ctx context.Context, id string) (Actor, error)
	// SoftphoneLayout is the layout that counts for a user.
	SoftphoneLayout(ctx context.Context, user string) (crm.SoftphoneLayout, error)
	// Component is the source of one deployed component, nil when there is none.
	Component(ctx context.Context, kind, fullName string) ([]byte, error)
	// Apps lists the apps of the org.
	Apps(ctx context.Context) ([]App, error)
	// Flow is a deployed flow; NOT_FOUND if there is none. MayRun says whether a user may open it.
	Flow(ctx context.Context, name string) (crm.FlowDefinition, error)
	MayRun(ctx context.Context, user string, f crm.FlowDefinition) (bool, error)
	// Components names what was deployed of a kind.
	Components(ctx context.Context, kind string) ([]string, error)
}

// User is who sits at the console.
type User struct {
	ID, Name, Username, Email string
	CallCenter                string // internal name; empty: none
}

// Person is how a user reads, and what the user may do beside records.
type Person struct {
	TimeZone, Locale string
	ViewsSetup       bool // View Setup and Configuration
}

// Actor reads and writes records with one user's rights; refusals are *crm.Error.
type Actor interface {
	Objects(ctx context.Context) ([]Object, error)
	Object(ctx context.Context, name string) (Object, error)
	Query(ctx context.Context, soql string) ([]Record, error)
	Search(ctx context.Context, sosl string) ([]Record, error)
	// SearchPhones finds records by the digits of any of their telephone numbers.
	SearchPhones(ctx context.Context, digits string, objects []string) (ids []string, err error)
	Create(ctx context.Context, object string, values map[string]json.RawMessage) (id string, err error)
	// Update refuses with CONFLICT when the record changed after unchangedSince, its LastModifiedDate as it was read; empty overwrites.
	Update(ctx context.Context, object, id string, values map[string]json.RawMessage, unchangedSince string) error
	Delete(ctx context.Context, object, id string) error
	// Undelete takes a record out of the recycle bin again.
	Undelete(ctx context.Context, object, id string) error
	// Person is how the user reads and what the user may do beside records.
	Person(ctx context.Context) (Person, error)
	// Kept is what pages keep for the user under a key, "" for nothing.
	Kept(ctx context.Context, key string) (string, error)
	Keep(ctx context.Context, key, value string) error
	// Viewed remembers that the user looked at a record.
	Viewed(ctx context.Context, object, id string) error
	// Recent lists what the user looked at last, newest first; an empty object is all.
	Recent(ctx context.Context, object string, limit int) ([]string, error)
	// SeesTab says whether an object's tab is visible to the user, SeesApp whether an app is, by its name in metadata.
	SeesTab(ctx context.Context, object string) bool
	SeesApp(ctx context.Context, app string) bool
}

// Object is what a describe tells of an object and of the fields that the user may see.
type Object struct {
	Name, Label, Plural, KeyPrefix    string
	Createable, Updateable, Deletable bool
	Searchable, Custom                bool
	Fields                            []Field
}

// Field is one field of an object. Required means: a new record is refused without it.
type Field struct {
	Name, Label, Type      string
	Length                 int
	Required               bool
	Createable, Updateable bool
	Picklist               []PicklistValue
	ReferenceTo            []string
	Relationship           string // name of the parent in paths
	ChildLabel             string // what people call the list on the parent; empty: as the object's records
	Help                   string
	Checked                bool // a check box that is ticked on a new record
}

// PicklistValue is one choice of a picklist.
type PicklistValue struct {
	Value, Label string
	Default      bool
}

// Record holds a record's plain values as the REST API writes them.
type Record struct {
	Object, ID string
	Values     map[string]json.RawMessage
}

type server struct {
	cfg Config
}

// Handler serves /lightning/… and the old /one/….
func Handler(cfg Config) http.Handler {
	s := &server{cfg: cfg}
	return s.routes()
}

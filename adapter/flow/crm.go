package flow

import "context"

// CRM acts in the org with the agent's rights. *Refused is the org's no, made plain; every other error means: not now, and suspends the
// run until the org answers or the agent signs in.
type CRM interface {
	// Create makes a record once for an effect: however often it is repeated, its answer is the first's.
	Create(ctx context.Context, effect Effect, object string, values map[string]any) (Saved, error)
	// Update changes fields of a record. What is nil is emptied.
	Update(ctx context.Context, effect Effect, object, id string, values map[string]any) (Saved, error)
	// Retrieve reads fields of a record, as maps, lists and plain values, with Id and type, its object.
	Retrieve(ctx context.Context, object, id string, fields []string) (map[string]any, error)
	// Query runs a query that only reads.
	Query(ctx context.Context, q Query) (Rows, error)
	// FindByPhone gives the ids of an object's records that have a number; none if nobody has it.
	FindByPhone(ctx context.Context, search PhoneSearch) ([]string, error)
}

// Saved is a record that was written.
type Saved struct {
	ID      string   // "" if it was made by an earlier attempt and nobody knows it
	LeftOut []string // fields that cannot be written, by anybody or by this agent, and were left out
}

// Query is a question in SOQL.
type Query struct {
	SOQL string
	// Foreign says that its words are not the administrator's: they came with the event, the contact or a record.
	Foreign bool
}

// MaxRows is how many rows a query gives at most.
const MaxRows = 200

// Rows are what a query found.
type Rows struct {
	Records []any // maps, at most MaxRows
	Total   int   // how many there are in the org
}

// PhoneSearch looks for records by a telephone number. Only whole numbers that agree count.
type PhoneSearch struct {
	Object  string // API name
	Number  string // as people write it
	Field   string // API name of the only field that counts; "" is every phone field of the object
	Country string // ISO 3166 code with which numbers without a country code are read
}

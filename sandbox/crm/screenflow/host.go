package screenflow

import "context"

// Host is the org behind a flow: what it reads and writes happens with the rights of who runs it. What the platform refuses is a *Refused.
type Host interface {
	Find(ctx context.Context, q Query) ([]Record, error)
	// Create gives the new record's id.
	Create(ctx context.Context, r Record) (id string, err error)
	// Update changes the record whose Id is among the fields.
	Update(ctx context.Context, r Record) error
}

// Query asks for records of one object.
type Query struct {
	Object     string
	Fields     []string // none: all that the user may see
	Where      []Where
	Logic      string // and, or, or numbers such as 1 AND (2 OR 3)
	Sort       string // a field; "" for none
	Descending bool
	Limit      int
}

// Where is one condition of a query.
type Where struct {
	Field, Operator string
	Value           Value
}

// Refused is what the platform says instead of doing something.
type Refused struct{ Reason string }

// Error is the reason: code and sentence.
func (r *Refused) Error() string { return r.Reason }

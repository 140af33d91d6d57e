// Package soql is the CRM's query languages: SOQL and SOSL, from text to a tree and back.
//
// Read first: Parse, ParseSearch, Query. It knows no objects, no fields' types and no SQL. Source: SOQL and SOSL reference.
package soql

// Query is a SELECT.
type Query struct {
	Fields  []Field
	From    string
	Scope   string // USING SCOPE, "" for none
	Where   Cond   // nil for none
	GroupBy []Expr
	Having  Cond
	OrderBy []Order
	Limit   *int
	Offset  int
	For     string // VIEW or REFERENCE, "" for none
}

// Field is one item of a field list.
type Field struct {
	Expr  Expr   // a path or a function
	Sub   *Query // a child query; Expr is empty then
	Alias string
}

// Expr is a field's path, or a function of one.
type Expr struct {
	Func string   // upper case; "" for a bare path
	Path []string // relationship names, then the field; empty for COUNT()
	Pos  int      // byte offset in the query, for error messages
}

// Order is one item of ORDER BY.
type Order struct {
	Expr      Expr
	Desc      bool
	NullsLast *bool
}

// Cond is a condition: And, Or, Not, Compare or In.
type Cond interface{ cond() }

// And holds if all its parts do.
type And struct{ Parts []Cond }

// Or holds if one of its parts does.
type Or struct{ Parts []Cond }

// Not turns a condition round.
type Not struct{ Part Cond }

// Compare relates a field to a value. Op is one of = != < <= > >= LIKE.
type Compare struct {
	Expr  Expr
	Op    string
	Value Value
}

// In relates a field to a list or a sub-query. Op is IN, NOT IN, INCLUDES or EXCLUDES.
type In struct {
	Expr   Expr
	Op     string
	Values []Value
	Sub    *Query
}

func (And) cond()     {}
func (Or) cond()      {}
func (Not) cond()     {}
func (Compare) cond() {}
func (In) cond()      {}

// Kind says what a literal is.
type Kind uint8

// The kinds of literal.
const (
	Null Kind = iota
	String
	Number
	Bool
	Date        // 2026-01-31
	DateTime    // 2026-01-31T00:00:00Z
	DateLiteral // TODAY, LAST_N_DAYS:30
)

// Value is a literal: Text is its value without quotes and escapes, N the number of a date literal such as LAST_N_DAYS.
type Value struct {
	Kind Kind
	Text string
	N    int
}

// Search is a FIND.
type Search struct {
	Term      string // without braces, escapes kept
	Group     string // ALL, NAME, EMAIL, PHONE, SIDEBAR
	Returning []Returning
	Limit     int // 0 for none
}

// Returning says what to give of one object.
type Returning struct {
	Object  string
	Fields  []string // empty: Id only
	Where   Cond
	OrderBy []Order
	Limit   int
	Offset  int
}

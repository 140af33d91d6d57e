package records

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Values are fields to write: API name to nil, string, bool, float64 or json.Number.
type Values map[string]any

// Record is one row with its fields in the order that was asked for.
type Record struct {
	Object string
	Fields []FieldValue
	at     string // as in Actor
	id     string // whether or not it was asked for
}

// FieldValue is a field's value: nil, string, bool, int64, float64, *Record for a parent, *Result for children.
type FieldValue struct {
	Name  string
	Value any
}

// Get is a field's value, nil when it is not there.
func (r Record) Get(name string) any {
	for _, f := range r.Fields {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return nil
}

// Near is an empty record of another object, found by the same API.
func (r Record) Near(object string) *Record { return &Record{Object: object, at: r.at} }

// Text is a field as text, "" when it is empty or no text.
func (r Record) Text(name string) string {
	text, _ := r.Get(name).(string)
	return text
}

// ID is the field Id, "" when it was not asked for.
func (r Record) ID() schema.RecordID { return schema.RecordID(r.Text("Id")) }

// key is the record's id, asked for or not; "" for what is no record.
func (r Record) key() schema.RecordID { return cmp.Or(schema.RecordID(r.id), r.ID()) }

// Result is a page of rows.
type Result struct {
	TotalSize int
	Done      bool
	Locator   string // of the next page, with its offset; "" at the end
	Records   []Record
	at        string // as in Actor
}

// newestAPI is where records are found if nobody says otherwise.
const newestAPI = "/services/data/v67.0"

// MarshalJSON writes a record as the REST API does, attributes first.
func (r Record) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	attributes := map[string]string{"type": r.Object}
	if id := r.key(); id != "" {
		attributes["url"] = cmp.Or(r.at, newestAPI) + "/sobjects/" + r.Object + "/" + string(id)
	}
	head, err := json.Marshal(attributes)
	if err != nil {
		return nil, err
	}
	b.WriteString(`{"attributes":`)
	b.Write(head)
	for _, f := range r.Fields {
		name, err := json.Marshal(f.Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(f.Value)
		if err != nil {
			return nil, err
		}
		b.WriteByte(',')
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// MarshalJSON writes a page as the REST API does.
func (r Result) MarshalJSON() ([]byte, error) {
	out := struct {
		TotalSize int      `json:"totalSize"`
		Done      bool     `json:"done"`
		Next      string   `json:"nextRecordsUrl,omitempty"`
		Records   []Record `json:"records"`
	}{r.TotalSize, r.Done, "", r.Records}
	if r.Locator != "" {
		out.Next = cmp.Or(r.at, newestAPI) + "/query/" + r.Locator
	}
	if out.Records == nil {
		out.Records = []Record{}
	}
	return json.Marshal(out)
}

// DateTime is how the REST API writes a moment.
const DateTime = "2006-01-02T15:04:05.000+0000"

// Stored is how a moment is kept, so that text order is time order.
const Stored = "2006-01-02T15:04:05.000Z"

package screenflow

import (
	"errors"
	"slices"
	"strings"
)

type filterXML struct {
	Field    string   `xml:"field"`
	Operator string   `xml:"operator"`
	Value    valueXML `xml:"value"`
}

type fieldValueXML struct {
	Field string   `xml:"field"`
	Value valueXML `xml:"value"`
}

type lookupXML struct {
	nodeXML
	Connector connectorXML `xml:"connector"`
	Fault     connectorXML `xml:"faultConnector"`
	Object    string       `xml:"object"`
	Logic     string       `xml:"filterLogic"`
	Filters   []filterXML  `xml:"filters"`
	First     *bool        `xml:"getFirstRecordOnly"`
	Automatic bool         `xml:"storeOutputAutomatically"`
	Nulls     bool         `xml:"assignNullValuesIfNoRecordsFound"`
	Queried   []string     `xml:"queriedFields"`
	Output    string       `xml:"outputReference"`
	Assigned  []struct {
		To    string `xml:"assignToReference"`
		Field string `xml:"field"`
	} `xml:"outputAssignments"`
	Sort  string `xml:"sortField"`
	Order string `xml:"sortOrder"`
}

type createXML struct {
	nodeXML
	Connector connectorXML    `xml:"connector"`
	Fault     connectorXML    `xml:"faultConnector"`
	Object    string          `xml:"object"`
	Values    []fieldValueXML `xml:"inputAssignments"`
	Input     string          `xml:"inputReference"`
	ID        string          `xml:"assignRecordIdToReference"`
	Automatic bool            `xml:"storeOutputAutomatically"`
}

type updateXML struct {
	nodeXML
	Connector connectorXML    `xml:"connector"`
	Fault     connectorXML    `xml:"faultConnector"`
	Object    string          `xml:"object"`
	Logic     string          `xml:"filterLogic"`
	Filters   []filterXML     `xml:"filters"`
	Values    []fieldValueXML `xml:"inputAssignments"`
	Input     string          `xml:"inputReference"`
}

const (
	mostFound   = 2000 // records of one lookup
	mostChanged = 200  // records of one create or update
)

// dml is what elements about records have in common.
type dml struct {
	node
	object      string
	next, fault string
	filters     []fieldValue
	logic       string
	values      []fieldValue
	input       string // a record variable instead of values
}

// fieldValue is a field with what it is compared with, or set to.
type fieldValue struct {
	field, operator string
	value           operand
}

func (f *Flow) dml(n node, object string, next, fault connectorXML, logic string, filters []filterXML, values []fieldValueXML, input string) dml {
	d := dml{node: n, object: strings.TrimSpace(object), next: next.target(), fault: fault.target(), logic: strings.TrimSpace(logic), input: strings.TrimSpace(input)}
	for _, x := range filters {
		d.filters = append(d.filters, fieldValue{strings.TrimSpace(x.Field), strings.TrimSpace(x.Operator), f.operand(n.name, x.Value)})
	}
	for _, x := range values {
		d.values = append(d.values, fieldValue{strings.TrimSpace(x.Field), "", f.operand(n.name, x.Value)})
	}
	if d.logic != "" && !validLogic(d.logic, len(d.filters)) {
		f.problem(n.name, "The condition logic is invalid: %.80s", d.logic)
	}
	return d
}

func (d dml) connectors() []string { return []string{d.next, d.fault} }
func (d dml) faultNext() string    { return d.fault }

func (d dml) references() []reference {
	var all []reference
	if d.input != "" {
		all = append(all, reference{path: d.input})
	}
	for _, v := range slices.Concat(d.filters, d.values) {
		all = append(all, v.value.references()...)
	}
	return all
}

// where works out the conditions.
func (d dml) where(t *turn) ([]Where, error) {
	var all []Where
	for _, x := range d.filters {
		v, err := t.of(x.value)
		if err != nil {
			return nil, err
		}
		all = append(all, Where{x.field, x.operator, v})
	}
	return all, nil
}

// record works out the values to write.
func (d dml) record(t *turn) (Record, error) {
	r := Record{Object: d.object}
	for _, x := range d.values {
		v, err := t.of(x.value)
		if err != nil {
			return r, err
		}
		r = r.with(x.field, v)
	}
	return r, nil
}

// given are the records of the variable that the element names.
func (d dml) given(t *turn) ([]Record, error) {
	v, err := t.get(d.input)
	if err != nil {
		return nil, err
	}
	switch {
	case v.Kind == Single:
		return []Record{v.Record}, nil
	case v.Kind == List && len(v.Records) <= mostChanged:
		return v.Records, nil
	case v.Kind == List:
		return nil, faultf("A flow may change %d records at a time in this org.", mostChanged)
	}
	return nil, faultf("The flow failed to access the value for %s because it hasn't been set or assigned.", d.input)
}

// refused tells a refusal of the platform in its words; other errors are nobody's fault.
func refused(err error, doing string) error {
	if r, ok := errors.AsType[*Refused](err); ok {
		return faultf("This error occurred when the flow tried to %s: %s. You can look up ExceptionCode values in the SOAP API Developer Guide.", doing, strings.TrimSuffix(r.Reason, "."))
	}
	return err
}

func (d dml) filterWords() string {
	parts := make([]string, 0, len(d.filters))
	for _, x := range d.filters {
		parts = append(parts, x.field+" "+spaced(x.operator)+" "+x.value.words())
	}
	joint := " and "
	if strings.EqualFold(d.logic, "or") {
		joint = " or "
	}
	return strings.Join(parts, joint)
}

func (d dml) valueWords() string {
	if d.input != "" {
		return "from {!" + d.input + "}"
	}
	parts := make([]string, 0, len(d.values))
	for _, x := range d.values {
		parts = append(parts, x.field+" = "+x.value.words())
	}
	return "with " + strings.Join(parts, ", ")
}

// lookup finds records.
type lookup struct {
	dml
	first, automatic, nulls bool
	queried                 []string
	output                  string
	assigned                []assigned
	sort                    string
	descending              bool
}

type assigned struct{ to, field string }

func (f *Flow) lookup(n node, x lookupXML) element {
	l := lookup{dml: f.dml(n, x.Object, x.Connector, x.Fault, x.Logic, x.Filters, nil, ""), automatic: x.Automatic, nulls: x.Nulls, output: strings.TrimSpace(x.Output), sort: strings.TrimSpace(x.Sort), descending: x.Order == "Desc"}
	for _, q := range x.Queried {
		l.queried = append(l.queried, strings.TrimSpace(q))
	}
	for _, a := range x.Assigned {
		l.assigned = append(l.assigned, assigned{strings.TrimSpace(a.To), strings.TrimSpace(a.Field)})
		l.queried = append(l.queried, strings.TrimSpace(a.Field))
	}
	l.first = len(l.assigned) > 0
	switch {
	case x.First != nil:
		l.first = *x.First
	case l.output != "":
		l.first = !f.variables[l.output].Collection
	}
	return l
}

func (l lookup) references() []reference {
	all := l.dml.references()
	if l.output != "" {
		all = append(all, reference{path: l.output, sets: true})
	}
	for _, a := range l.assigned {
		all = append(all, reference{path: a.to, sets: true})
	}
	return all
}

func (l lookup) run(t *turn) (string, error) {
	where, err := l.where(t)
	if err != nil {
		return "", err
	}
	q := Query{Object: l.object, Where: where, Logic: l.logic, Sort: l.sort, Descending: l.descending, Limit: mostFound}
	if l.first {
		q.Limit = 1
	}
	for _, name := range l.queried {
		if !slices.ContainsFunc(q.Fields, func(have string) bool { return strings.EqualFold(have, name) }) {
			q.Fields = append(q.Fields, name)
		}
	}
	found, err := t.host.Find(t.ctx, q)
	if err != nil {
		return "", refused(err, "look up records")
	}
	value := Value{Kind: List, Records: found}
	if l.first {
		value = Value{}
		if len(found) > 0 {
			value = Value{Kind: Single, Record: found[0]}
		}
	}
	if l.automatic {
		t.i.values[l.name] = value
	}
	if len(found) == 0 && !l.nulls {
		return l.next, nil
	}
	if l.output != "" {
		if err := t.set(l.output, value); err != nil {
			return "", err
		}
	}
	for _, a := range l.assigned {
		if err := t.set(a.to, value.Record.Get(a.field)); err != nil {
			return "", err
		}
	}
	return l.next, nil
}

func (l lookup) says() string {
	how := "Get records of "
	if l.first {
		how = "Get the first record of "
	}
	said := how + l.object
	if words := l.filterWords(); words != "" {
		said += " where " + words
	}
	return said
}

// create makes records.
type create struct {
	dml
	id        string
	automatic bool
}

func (f *Flow) create(n node, x createXML) element {
	return create{f.dml(n, x.Object, x.Connector, x.Fault, "", nil, x.Values, x.Input), strings.TrimSpace(x.ID), x.Automatic}
}

func (c create) references() []reference {
	all := c.dml.references()
	if c.id != "" {
		all = append(all, reference{path: c.id, sets: true})
	}
	return all
}

func (c create) run(t *turn) (string, error) {
	if c.input != "" {
		return c.next, c.createGiven(t)
	}
	r, err := c.record(t)
	if err != nil {
		return "", err
	}
	id, err := t.host.Create(t.ctx, r)
	if err != nil {
		return "", refused(err, "create records")
	}
	if c.automatic {
		t.i.values[c.name] = TextOf(id)
	}
	if c.id != "" {
		return c.next, t.set(c.id, TextOf(id))
	}
	return c.next, nil
}

// createGiven makes the records of a variable, and notes their ids in it.
func (c create) createGiven(t *turn) error {
	records, err := c.given(t)
	if err != nil {
		return err
	}
	made := make([]Record, 0, len(records))
	for _, r := range records {
		id, err := t.host.Create(t.ctx, r)
		if err != nil {
			return refused(err, "create records")
		}
		made = append(made, r.with("Id", TextOf(id)))
	}
	if _, isVariable := t.i.flow.variables[c.input]; !isVariable || len(made) == 0 {
		return nil
	}
	if old := t.i.values[c.input]; old.Kind == List {
		t.i.values[c.input] = Value{Kind: List, Records: made}
	} else {
		t.i.values[c.input] = Value{Kind: Single, Record: made[0]}
	}
	return nil
}

func (c create) says() string {
	return strings.TrimSpace("Create " + c.object + " " + c.valueWords())
}

// update changes records.
type update struct{ dml }

func (f *Flow) update(n node, x updateXML) element {
	return update{f.dml(n, x.Object, x.Connector, x.Fault, x.Logic, x.Filters, x.Values, x.Input)}
}

func (u update) run(t *turn) (string, error) {
	if u.input != "" {
		records, err := u.given(t)
		if err != nil {
			return "", err
		}
		for _, r := range records {
			if err := t.host.Update(t.ctx, r); err != nil {
				return "", refused(err, "update records")
			}
		}
		return u.next, nil
	}
	where, err := u.where(t)
	if err != nil {
		return "", err
	}
	change, err := u.record(t)
	if err != nil {
		return "", err
	}
	found, err := t.host.Find(t.ctx, Query{Object: u.object, Fields: []string{"Id"}, Where: where, Logic: u.logic, Limit: mostChanged + 1})
	if err != nil {
		return "", refused(err, "update records")
	}
	if len(found) > mostChanged {
		return "", faultf("A flow may change %d records at a time in this org.", mostChanged)
	}
	for _, r := range found {
		if err := t.host.Update(t.ctx, change.with("Id", r.Get("Id"))); err != nil {
			return "", refused(err, "update records")
		}
	}
	return u.next, nil
}

func (u update) says() string {
	said := "Update " + u.object
	if u.input != "" {
		return "Update records " + u.valueWords()
	}
	if words := u.filterWords(); words != "" {
		said += " where " + words
	}
	return said + " " + u.valueWords()
}

package screenflow

import (
	"errors"
	"slices"
	"strings"
)

// What the elements about records have in common.

type filterXML struct {
	Field    string   `xml:"field"`
	Operator string   `xml:"operator"`
	Value    valueXML `xml:"value"`
}

type fieldValueXML struct {
	Field string   `xml:"field"`
	Value valueXML `xml:"value"`
}

const mostChanged = 200 // records of one create or update

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

package screenflow

import (
	"strings"
	"time"
)

type assignmentXML struct {
	nodeXML
	Connector connectorXML `xml:"connector"`
	Items     []struct {
		To       string   `xml:"assignToReference"`
		Operator string   `xml:"operator"`
		Value    valueXML `xml:"value"`
	} `xml:"assignmentItems"`
}

// assignment sets variables, one after the other.
type assignment struct {
	node
	items []assignmentItem
	next  string
}

type assignmentItem struct {
	to, operator string
	value        operand
}

func (f *Flow) assignment(n node, x assignmentXML) element {
	a := assignment{node: n, next: x.Connector.target()}
	for _, item := range x.Items {
		a.items = append(a.items, assignmentItem{strings.TrimSpace(item.To), strings.TrimSpace(item.Operator), f.operand(n.name, item.Value)})
	}
	return a
}

func (a assignment) connectors() []string { return []string{a.next} }

func (a assignment) references() []reference {
	var all []reference
	for _, item := range a.items {
		all = append(append(all, reference{path: item.to, sets: true}), item.value.references()...)
	}
	return all
}

func (a assignment) run(t *turn) (string, error) {
	for _, item := range a.items {
		value, err := t.of(item.value)
		if err != nil {
			return "", err
		}
		if item.operator != "Assign" {
			old, err := t.get(item.to)
			if err != nil {
				return "", err
			}
			if value, err = combined(item.operator, old, value); err != nil {
				return "", err
			}
		}
		if err := t.set(item.to, value); err != nil {
			return "", err
		}
	}
	return a.next, nil
}

// combined adds to or takes from what was there.
func combined(operator string, old, by Value) (Value, error) {
	if operator != "Add" && operator != "Subtract" {
		return Value{}, faultf("The assignment operator %s isn't supported in this org.", operator)
	}
	if old.Kind == Single || old.Kind == List || by.Kind == Single || by.Kind == List {
		return Value{}, faultf("Records aren't added to collections in this org.")
	}
	sign := map[string]float64{"Add": 1, "Subtract": -1}[operator]
	switch {
	case old.Kind == Date && by.Kind == Number: // days
		at, err := time.Parse(time.DateOnly, old.Text)
		if err != nil || by.Number < -1e6 || by.Number > 1e6 {
			return Value{}, faultf("The flow failed to change the date %s.", old.Text)
		}
		return Value{Kind: Date, Text: at.AddDate(0, 0, int(sign*by.Number)).Format(time.DateOnly)}, nil
	case old.Kind == Number || old.Kind == Null && by.Kind == Number:
		n, ok := by.as("Number")
		if !ok {
			return Value{}, faultf("%q is no number.", by.String())
		}
		return NumberOf(old.Number + sign*n.Number), nil
	case operator == "Add":
		if len(old.String())+len(by.String()) > longest {
			return Value{}, faultf("The text is too long.")
		}
		return TextOf(old.String() + by.String()), nil
	}
	return Value{}, faultf("The flow failed to subtract from %q.", old.String())
}

func (a assignment) says() string {
	parts := make([]string, 0, len(a.items))
	for _, item := range a.items {
		parts = append(parts, "{!"+item.to+"} "+spaced(item.operator)+" "+item.value.words())
	}
	return strings.Join(parts, "; ")
}

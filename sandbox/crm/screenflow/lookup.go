package screenflow

import (
	"slices"
	"strings"
)

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

const mostFound = 2000 // records of one lookup

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

package screenflow

import "strings"

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

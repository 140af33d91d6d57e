package screenflow

import "strings"

type conditionXML struct {
	Left     string   `xml:"leftValueReference"`
	Operator string   `xml:"operator"`
	Right    valueXML `xml:"rightValue"`
}

type decisionXML struct {
	nodeXML
	Default      connectorXML `xml:"defaultConnector"`
	DefaultLabel string       `xml:"defaultConnectorLabel"`
	Rules        []struct {
		nodeXML
		Logic      string         `xml:"conditionLogic"`
		Conditions []conditionXML `xml:"conditions"`
		Connector  connectorXML   `xml:"connector"`
	} `xml:"rules"`
}

// decision leads to the first outcome whose conditions hold.
type decision struct {
	node
	outcomes     []outcome
	otherwise    string
	defaultLabel string
}

type outcome struct {
	name, label, next string
	when              logic
}

func (f *Flow) decision(n node, x decisionXML) element {
	d := decision{node: n, otherwise: x.Default.target(), defaultLabel: strings.TrimSpace(x.DefaultLabel)}
	for _, r := range x.Rules {
		o := outcome{strings.TrimSpace(r.Name), strings.TrimSpace(r.Label), r.Connector.target(), f.logic(n.name, r.Logic, r.Conditions)}
		if f.free(o.name) {
			f.others[o.name] = "The outcome"
		}
		d.outcomes = append(d.outcomes, o)
	}
	return d
}

func (f *Flow) logic(of, word string, conditions []conditionXML) logic {
	l := logic{word: strings.TrimSpace(word)}
	for _, c := range conditions {
		l.conditions = append(l.conditions, condition{strings.TrimSpace(c.Left), strings.TrimSpace(c.Operator), f.operand(of, c.Right)})
	}
	if !validLogic(l.word, len(l.conditions)) {
		f.problem(of, "The condition logic is invalid: %.80s", l.word)
	}
	return l
}

func (d decision) connectors() []string {
	all := make([]string, 0, len(d.outcomes)+1)
	for _, o := range d.outcomes {
		all = append(all, o.next)
	}
	return append(all, d.otherwise)
}

func (d decision) references() []reference {
	var all []reference
	for _, o := range d.outcomes {
		all = append(all, o.when.references()...)
	}
	return all
}

func (d decision) run(t *turn) (string, error) {
	for _, o := range d.outcomes {
		yes, err := t.holds(o.when)
		if err != nil {
			return "", err
		}
		if yes {
			return o.next, nil
		}
	}
	return d.otherwise, nil
}

func (d decision) says() string {
	parts := make([]string, 0, len(d.outcomes))
	for _, o := range d.outcomes {
		parts = append(parts, o.label+": "+o.when.words())
	}
	return strings.Join(append(parts, "otherwise "+d.defaultLabel), "; ")
}

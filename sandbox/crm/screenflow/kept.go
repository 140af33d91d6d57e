package screenflow

import "strings"

// kept is an element that this org keeps and does not run.
type kept struct {
	node
	what string // the action, flow or nothing that it names
	next []string
}

func keptOf(n node, x keptXML) element {
	k := kept{node: n, what: strings.TrimSpace(x.Action + x.Flow)}
	for _, c := range []connectorXML{x.Connector, x.Fault, x.Default, x.Next, x.NoMore} {
		if c.target() != "" {
			k.next = append(k.next, c.target())
		}
	}
	for _, w := range x.WaitEvents {
		if w.Connector.target() != "" {
			k.next = append(k.next, w.Connector.target())
		}
	}
	return k
}

func (k kept) connectors() []string    { return k.next }
func (k kept) references() []reference { return nil }

func (k kept) run(*turn) (string, error) {
	return "", faultf("%s elements aren't run in this org.", k.words())
}

func (k kept) says() string {
	said := k.words()
	if k.what != "" {
		said += " " + k.what
	}
	return said + "; it is kept, and is a fault when it is reached"
}

// words is the kind as people call it.
func (k kept) words() string {
	if name, ok := map[string]string{"FlowActionCall": "Action", "FlowApexPluginCall": "Apex plug-in", "FlowRecordDelete": "Delete Records", "FlowRecordRollback": "Roll Back Records"}[k.kind]; ok {
		return name
	}
	return strings.TrimPrefix(k.kind, "Flow")
}

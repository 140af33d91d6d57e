package flow

import (
	"github.com/patchcord/patchcord/adapter/number"
)

// Contact is the contact whose event runs a flow. Source: flows that the original adapter exported, and its manual.
type Contact struct {
	ID, InitialID, Type, State  string
	Inbound                     bool
	PhoneNumber                 string // of the customer, as delivered; "" when withheld
	QueueName, QueueARN, Method string
	Attributes                  map[string]string
}

// CallType is Open CTI's word for the direction.
func (c Contact) CallType() string {
	if c.Inbound {
		return "inbound"
	}
	return "outbound"
}

// tree is the contact as expressions see it. parsedNumber is absent when there is no number that is whole.
func (c Contact) tree(country string) map[string]any {
	attributes := make(map[string]any, len(c.Attributes))
	for key, value := range c.Attributes {
		attributes[key] = value
	}
	t := map[string]any{
		"contactId": c.ID, "originalContactId": c.InitialID, "type": c.Type, "state": c.State, "isInbound": c.Inbound,
		"queueName": c.QueueName, "queueARN": c.QueueARN, "initiationMethod": c.Method, "attributes": attributes,
	}
	if n, ok := number.Parse(c.PhoneNumber, country); ok {
		parsed := make(map[string]any, len(parsedNumber))
		for name, of := range parsedNumber {
			parsed[name] = of(n)
		}
		t["parsedNumber"] = parsed
	}
	return t
}

// parsedNumber is what expressions see of the customer's number, each found out when it is asked for: most flows want one of them.
var parsedNumber = map[string]func(number.Number) any{
	"number":             func(n number.Number) any { return n.E164() },
	"nationalNumber":     func(n number.Number) any { return n.National() },
	"phone":              func(n number.Number) any { return n.National() },
	"country":            func(n number.Number) any { return n.Country() },
	"countryCallingCode": func(n number.Number) any { return float64(n.CallingCode()) },
	"valid":              func(n number.Number) any { return n.Valid() },
}

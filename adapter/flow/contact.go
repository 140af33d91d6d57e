package flow

import (
	"context"

	"github.com/patchcord/patchcord/adapter/number"
)

// DefaultCountry is that of numbers without a country code where nobody says another (ISO 3166 alpha-2).
const DefaultCountry = number.DefaultCountry

// KnownCountry says whether a country's numbers can be read, by its code in capitals (ISO 3166 alpha-2).
func KnownCountry(code string) bool { return number.KnownCountry(code) }

// Contact is the contact whose event runs a flow. Source: cti-flows.md §2.3.
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

// ContactProperties gives the properties of the contact.
var ContactProperties = Block{
	Type: "SE_ContactProperties", Label: "Get Contact Properties", Category: "Contact",
	Help:  "Gives what is known of the contact that fired the event.",
	Ports: []Port{Done}, Place: InAdapter, Repeatable: true,
	Result: "contactId, initialContactId, type, channel, state, queueName, queueARN, phoneNumber, formattedPhoneNumber, callType, " +
		"isInbound, initiationMethod; nothing without a contact",
	Run: func(_ context.Context, call Call) (Outcome, error) {
		c := call.Contact
		if c == nil {
			return Outcome{Port: Done}, nil
		}
		formatted := c.PhoneNumber
		if n, ok := number.Parse(c.PhoneNumber, call.Country); ok {
			formatted = n.Written()
		}
		return Outcome{Port: Done, Result: map[string]any{
			"contactId": c.ID, "initialContactId": c.InitialID, "type": c.Type, "channel": c.Type, "state": c.State,
			"queueName": c.QueueName, "queueARN": c.QueueARN, "phoneNumber": c.PhoneNumber, "formattedPhoneNumber": formatted,
			"callType": c.CallType(), "isInbound": c.Inbound, "initiationMethod": c.Method,
		}}, nil
	},
}

// CustomerPhoneNumber gives the customer's number as delivered, and its country.
var CustomerPhoneNumber = Block{
	Type: "SE_ContactCustomerPhoneNumber", Label: "Get Customer Phone Number", Category: "Contact",
	Help:  "Gives the customer's number as it was delivered.",
	Ports: []Port{Done}, Result: "phone and country; nothing if the number is withheld", Place: InAdapter, Repeatable: true,
	Run: func(_ context.Context, call Call) (Outcome, error) {
		c := call.Contact
		if c == nil || c.PhoneNumber == "" {
			return Outcome{Port: Done}, nil
		}
		result := map[string]any{"phone": c.PhoneNumber}
		if n, ok := number.Parse(c.PhoneNumber, call.Country); ok {
			result["country"] = n.Country()
		}
		return Outcome{Port: Done, Result: result}, nil
	},
}

// ContactAttribute reads one attribute of the contact, or a default.
var ContactAttribute = Block{
	Type: "SE_ContactGetAttributeValue", Label: "Get Attribute Value", Category: "Contact",
	Help: "Reads one attribute of the contact that fired the event.",
	Inputs: []Input{
		{Name: "attributeName", Label: "Attribute name", Required: true, Help: "As the contact flow set it; capitals count."},
		{Name: "defaultValue", Label: "Default value", Kind: Any, Help: "Used if the contact has no such attribute."},
	},
	Ports: []Port{Done}, Result: "value", Place: InAdapter, Repeatable: true,
	Run: func(_ context.Context, call Call) (Outcome, error) {
		var value string
		found := false
		if call.Contact != nil {
			value, found = call.Contact.Attributes[call.In.Text("attributeName")]
		}
		result := map[string]any{}
		switch {
		case found:
			result["value"] = value
		case call.In.Get("defaultValue") != nil:
			result["value"] = call.In.Get("defaultValue")
		}
		return Outcome{Port: Done, Result: result}, nil
	},
}

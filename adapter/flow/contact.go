package flow

import (
	"context"

	"github.com/nyaruka/phonenumbers"
)

// Contact is the contact whose event runs a flow. Source: cti-flows.md §2.3.
type Contact struct {
	ID, InitialID, Type, State  string
	Inbound                     bool
	PhoneNumber                 string // of the customer, as delivered; "" when withheld
	QueueName, QueueARN, Method string
	Attributes                  map[string]string
	Country                     string // ISO 3166 code with which numbers without a country code are read
}

// CallType is Open CTI's word for the direction.
func (c Contact) CallType() string {
	if c.Inbound {
		return "inbound"
	}
	return "outbound"
}

// number parses the customer's number; false when it is withheld or no telephone number.
func (c Contact) number() (*phonenumbers.PhoneNumber, bool) {
	return parseNumber(c.PhoneNumber, c.Country)
}

// DefaultCountry is that of numbers without a country code where nobody says another (ISO 3166 alpha-2).
const DefaultCountry = "US"

// KnownCountry says whether a country's numbers can be read, by its code in capitals (ISO 3166 alpha-2).
func KnownCountry(code string) bool { return phonenumbers.GetSupportedRegions()[code] }

func parseNumber(text, country string) (*phonenumbers.PhoneNumber, bool) {
	if country == "" {
		country = DefaultCountry
	}
	n, err := phonenumbers.Parse(text, country)
	return n, err == nil && phonenumbers.IsPossibleNumber(n)
}

// tree is the contact as expressions see it. parsedNumber is absent when there is no number to parse.
func (c Contact) tree() map[string]any {
	attributes := map[string]any{}
	for key, value := range c.Attributes {
		attributes[key] = value
	}
	t := map[string]any{
		"contactId": c.ID, "originalContactId": c.InitialID, "type": c.Type, "state": c.State, "isInbound": c.Inbound,
		"queueName": c.QueueName, "queueARN": c.QueueARN, "initiationMethod": c.Method, "attributes": attributes,
	}
	if n, ok := c.number(); ok {
		national := phonenumbers.GetNationalSignificantNumber(n)
		t["parsedNumber"] = map[string]any{
			"number": phonenumbers.Format(n, phonenumbers.E164), "nationalNumber": national, "phone": national,
			"country": phonenumbers.GetRegionCodeForNumber(n), "countryCallingCode": float64(n.GetCountryCode()),
			"valid": phonenumbers.IsValidNumber(n),
		}
	}
	return t
}

// ContactProperties gives the properties of the contact.
var ContactProperties = Block{
	Type: "SE_ContactProperties", Ports: []Port{Done},
	Run: func(_ context.Context, _ Values, host Host) (Outcome, error) {
		c, ok := host.Contact()
		if !ok {
			return Outcome{Port: Done}, nil
		}
		formatted := c.PhoneNumber
		if n, ok := c.number(); ok {
			formatted = phonenumbers.Format(n, phonenumbers.NATIONAL)
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
	Type: "SE_ContactCustomerPhoneNumber", Ports: []Port{Done},
	Run: func(_ context.Context, _ Values, host Host) (Outcome, error) {
		c, ok := host.Contact()
		if !ok || c.PhoneNumber == "" {
			return Outcome{Port: Done}, nil
		}
		result := map[string]any{"phone": c.PhoneNumber}
		if n, ok := c.number(); ok {
			result["country"] = phonenumbers.GetRegionCodeForNumber(n)
		}
		return Outcome{Port: Done, Result: result}, nil
	},
}

// ContactAttribute reads one attribute of the contact, or a default.
var ContactAttribute = Block{
	Type: "SE_ContactGetAttributeValue", Ports: []Port{Done},
	Inputs: []Input{{Name: "attributeName", Required: true}, {Name: "defaultValue", Kind: Any}},
	Run: func(_ context.Context, in Values, host Host) (Outcome, error) {
		c, _ := host.Contact()
		value, found := c.Attributes[in.Text("attributeName")]
		result := map[string]any{}
		switch {
		case found:
			result["value"] = value
		case in.Get("defaultValue") != nil:
			result["value"] = in.Get("defaultValue")
		}
		return Outcome{Port: Done, Result: result}, nil
	},
}

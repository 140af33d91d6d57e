//go:build !lean

package main

import (
	"context"
	"time"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/sandbox"
	"github.com/patchcord/patchcord/setup/steps"
)

// people are in every org and instance; the second agent comes with the demo's data.
var (
	people = []sandbox.Person{
		{Role: "administrator", FirstName: "Ada", LastName: "Byrne", Username: "admin@patchcord.example", Connect: "admin"},
		{Role: "manager", FirstName: "Miles", LastName: "Larsen", Username: "manager@patchcord.example", Connect: "manager"},
		{Role: "agent", FirstName: "Amelia", LastName: "Okafor", Username: "agent@patchcord.example", Connect: "agent"},
	}
	secondAgent = sandbox.Person{Role: "agent", FirstName: "Noah", LastName: "Reyes", Username: "agent2@patchcord.example", Connect: "agent2"}
)

// usernames are those of a role.
func usernames(all []sandbox.Person, role string) []string {
	var names []string
	for _, p := range all {
		if p.Role == role {
			names = append(names, p.Username)
		}
	}
	return names
}

var demo = steps.DemoContact{Account: "Lindqvist Interiors", FirstName: "Maya", LastName: "Lindqvist",
	Title: "Studio Director", Phone: "(206) 555-0142", Email: "maya@lindqvist.example"}

const demoPhone = "+12065550142"

// demoCustomer is one more person who can be called. Numbers end in 0100 to 0199 of exchange 555 or are in what Ofcom and the
// Bundesnetzagentur keep for films, and the made-up crowd has none of them.
type demoCustomer struct{ first, last, title, account, phone, e164 string }

var demoCustomers = []demoCustomer{
	{"Petra", "Novotny", "Project Manager", "Lindqvist Interiors", "(206) 555-0148", "+12065550148"},
	{"Darnell", "Whitfield", "Head of Operations", "Cascade Roasters", "(206) 555-0161", "+12065550161"},
	{"Priya", "Raman", "Accounts Payable", "Cascade Roasters", "(206) 555-0168", "+12065550168"},
	{"Luz", "Cantero", "Owner", "Bayou City Cycles", "(713) 555-0119", "+17135550119"},
	{"Naomi", "Feldman", "Dentist", "Prospect Park Dental", "(718) 555-0134", "+17185550134"},
	{"Owen", "Achebe", "Practice Manager", "Prospect Park Dental", "(718) 555-0139", "+17185550139"},
	{"Curtis", "Yazzie", "Sign Maker", "Mile High Signs", "(720) 555-0176", "+17205550176"},
	{"Gwen", "Pritchard", "Optometrist", "Severn Optics", "+44 29 2018 0156", "+442920180156"},
	{"Klara", "Havel", "Head of Purchasing", "Havel Instruments", "+49 30 23125 147", "+493023125147"},
}

var demoAccounts = []struct{ name, industry, city, country string }{
	{"Cascade Roasters", "Retail", "Seattle", "United States"},
	{"Bayou City Cycles", "Retail", "Houston", "United States"},
	{"Prospect Park Dental", "Healthcare", "Brooklyn", "United States"},
	{"Mile High Signs", "Construction", "Denver", "United States"},
	{"Severn Optics", "Healthcare", "Cardiff", "United Kingdom"},
	{"Havel Instruments", "Technology", "Berlin", "Germany"},
}

var demoCases = []struct{ subject, status, priority, origin, contact, account string }{
	{"Two chairs arrived with a scratch", "Working", "High", "Phone", "Lindqvist", "Lindqvist Interiors"},
	{"Invoice 4417 was paid twice", "New", "Medium", "Email", "Raman", "Cascade Roasters"},
	{"Grinder stops after ten minutes", "Escalated", "High", "Phone", "Whitfield", "Cascade Roasters"},
	{"Change of delivery address", "New", "Low", "Web", "Achebe", "Prospect Park Dental"},
	{"Lens order is late", "Working", "Medium", "Phone", "Pritchard", "Severn Optics"},
	{"How long is the warranty?", "Closed", "Low", "Email", "Cantero", "Bayou City Cycles"},
}

// demoTasks are due, or were done, so many days from the day on which they are loaded.
var demoTasks = []struct {
	subject, status, priority, contact string
	day                                int
}{
	{"Agree on a day for the replacement chairs", "Not Started", "High", "Lindqvist", 0},
	{"Send the fabric samples", "In Progress", "Normal", "Novotny", 1},
	{"Book the technician", "Not Started", "High", "Whitfield", 0},
	{"Confirm the refund with accounting", "Not Started", "Normal", "Raman", 2},
	{"Ask whether the lenses arrived", "Not Started", "Normal", "Pritchard", 3},
	{"Renew the service contract", "Not Started", "Low", "Havel", 9},
	{"Explained the warranty", "Completed", "Normal", "Cantero", -3},
	{"Sent the price list", "Completed", "Normal", "Yazzie", -6},
}

// demoCalls are calls that were logged before there was a softphone.
var demoCalls = []struct {
	subject, contact, kind string
	day, seconds           int
}{
	{"Asked for a quote", "Yazzie", "Inbound", -7, 254},
	{"Wants her invoices by post", "Feldman", "Inbound", -4, 131},
	{"Told that the grinder is on its way", "Whitfield", "Outbound", -1, 96},
}

// demoRecords make the org look as if people had worked in it, the agents above all.
func demoRecords(agents []string, today time.Time) []steps.DemoRecord {
	var all []steps.DemoRecord
	contact := func(last string) steps.Link { return steps.Link{Object: "Contact", Field: "LastName", Value: last} }
	account := func(name string) steps.Link { return steps.Link{Object: "Account", Field: "Name", Value: name} }
	owner := func(i int) steps.Link {
		return steps.Link{Object: "User", Field: "Username", Value: agents[i%4/3%len(agents)]} // every fourth is the second agent's
	}
	day := func(n int) string { return today.AddDate(0, 0, n).Format(time.DateOnly) }
	for _, a := range demoAccounts {
		all = append(all, steps.DemoRecord{Object: "Account", Key: []string{"Name"}, Values: salesforce.Values{
			"Name": a.name, "Industry": a.industry, "BillingCity": a.city, "BillingCountry": a.country,
		}})
	}
	for _, c := range demoCustomers {
		all = append(all, steps.DemoRecord{Object: "Contact", Key: []string{"LastName", "Phone"}, Values: salesforce.Values{
			"FirstName": c.first, "LastName": c.last, "Title": c.title, "Phone": c.phone,
		}, Links: map[string]steps.Link{"AccountId": account(c.account)}})
	}
	for i, c := range demoCases {
		all = append(all, steps.DemoRecord{Object: "Case", Key: []string{"Subject"}, Values: salesforce.Values{
			"Subject": c.subject, "Status": c.status, "Priority": c.priority, "Origin": c.origin,
		}, Links: map[string]steps.Link{"ContactId": contact(c.contact), "AccountId": account(c.account), "OwnerId": owner(i)}})
	}
	for i, t := range demoTasks {
		all = append(all, steps.DemoRecord{Object: "Task", Key: []string{"Subject"}, Values: salesforce.Values{
			"Subject": t.subject, "Status": t.status, "Priority": t.priority, "ActivityDate": day(t.day),
		}, Links: map[string]steps.Link{"WhoId": contact(t.contact), "OwnerId": owner(i)}})
	}
	for i, c := range demoCalls {
		all = append(all, steps.DemoRecord{Object: "Task", Key: []string{"Subject"}, Values: salesforce.Values{
			"Subject": c.subject, "Status": "Completed", "TaskSubtype": "Call", "CallType": c.kind, "CallDurationInSeconds": c.seconds,
			"ActivityDate": day(c.day),
		}, Links: map[string]steps.Link{"WhoId": contact(c.contact), "OwnerId": owner(i)}})
	}
	return all
}

// answeredNumbers are the demo's customers: each of them picks up when an agent calls.
func answeredNumbers() []string {
	numbers := []string{demoPhone}
	for _, c := range demoCustomers {
		numbers = append(numbers, c.e164)
	}
	for _, q := range demoQuickConnects {
		numbers = append(numbers, q.Number)
	}
	return numbers
}

var demoQuickConnects = []sandbox.QuickConnect{
	{Name: "Billing", Number: "+12065550151"},
	{Name: "Courier", Number: "+12065550152"},
	{Name: "Warehouse", Number: "+12065550153"},
}

// lookAround has an agent view some records, so that the first page shows what was worked on last.
func lookAround(ctx context.Context, crm, username string) error {
	session, err := salesforce.LoginSOAP(ctx, crm, username, demoPassword)
	if err != nil {
		return err
	}
	agent := salesforce.New(salesforce.Config{Session: session})
	for _, object := range []string{"Account", "Contact", "Case"} {
		if _, err := salesforce.Query[struct{ Id string }](ctx, agent, "SELECT Id FROM "+object+" LIMIT 5 FOR VIEW"); err != nil {
			return err
		}
	}
	return nil
}

package rights

import (
	"fmt"
	"strings"
)

// Whom the rights are for besides set-up itself.
const (
	integrationUser = "the permission set AC_Integration, which apply gives and which brings API Enabled; nothing else. " +
		"It reads all accounts, cases, contacts and leads, for a row may name one of them only then; " +
		"it sees set-up, to tell who has which permission set"
	agentsOrg = "AC_Agent or AC_Manager, which bring API Enabled; the Lightning Experience User right; " +
		"an app with the Phone utility"
	agentsCentre = "a user of the instance with a security profile that lets them into the CCP, such as Agent"
)

// Table is the documentation's block: what each right is for.
func Table() string {
	var b strings.Builder
	b.WriteString("| who | right | needed by | for |\n| --- | --- | --- | --- |\n")
	for _, a := range Actions {
		fmt.Fprintf(&b, "| set-up, AWS | `%s` | %s | %s |\n", a.Name, strings.Join(a.By, ", "), a.For)
	}
	for _, p := range Permissions {
		fmt.Fprintf(&b, "| set-up, Salesforce | %s (`%s`) | %s | %s |\n", p.Label, p.Name, strings.Join(p.By, ", "), p.For)
	}
	fmt.Fprintf(&b, "| set-up, Salesforce | the permission set %s | adapter record, CTI flows, presence sync rules, "+
		"presence sync | "+
		"writes their records; apply gives it to the user that runs it |\n", RecordSet)
	fmt.Fprintf(&b, "| integration user, Salesforce | %s | the adapter | "+
		"reads its configuration, writes the rows of its objects |\n", integrationUser)
	fmt.Fprintf(&b, "| agents, Salesforce | %s | the softphone | reads, pops and logs as the agent |\n", agentsOrg)
	fmt.Fprintf(&b, "| agents, Amazon Connect | %s | the softphone | takes the call |\n", agentsCentre)
	return b.String()
}

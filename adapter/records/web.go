package records

import (
	"context"
	"fmt"
	"strings"

	"github.com/patchcord/patchcord/adapter/outbound"
	"github.com/patchcord/patchcord/salesforce"
)

// newer are the columns that an org which was set up before lacks.
const newer = "HTTP_Allowed_Hosts__c, Allow_Queries_From_Payload__c, Flow_Block_Map__c, "

const lacksWebHosts = "The org lacks fields of AC CTI Adapter, such as HTTP Allowed Hosts, or the user who reads it may not see them: " +
	"flows ask no web services. Run patchcord setup apply."

// adapterRecords reads those of a call centre. lacks says that the list of web services could not be read, as in an org that was set up
// before there was one: everything else counts all the same.
func adapterRecords(ctx context.Context, crm *salesforce.Client, callCenter string) (found []record, lacks string, err error) {
	found, err = salesforce.Query[record](ctx, crm, adapterFields+salesforce.Quote(callCenter))
	if !salesforce.IsCode(err, "INVALID_FIELD") {
		return found, "", err
	}
	older := strings.Replace(adapterFields, newer, "", 1)
	found, err = salesforce.Query[record](ctx, crm, older+salesforce.Quote(callCenter))
	return found, lacksWebHosts, err
}

// hosts are the web services that flows may ask, and what is wrong with the list.
func (f record) hosts(lacks string) (hosts outbound.Hosts, problems []string) {
	if lacks != "" {
		problems = append(problems, lacks)
	}
	hosts, wrong := outbound.ParseHosts(f.WebHosts)
	for _, what := range wrong {
		problems = append(problems, fmt.Sprintf("HTTP Allowed Hosts of the AC CTI Adapter record %s: %s.", f.Name, what))
	}
	return hosts, problems
}

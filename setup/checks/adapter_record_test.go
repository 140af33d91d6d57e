package checks

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/steps"
)

// With two active records the adapter lets nobody in: that is wrong, not something to look at.
func TestTwoActiveAdapterRecordsAreWrong(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		records := ""
		switch q := r.URL.Query().Get("q"); {
		case strings.Contains(q, "FROM Organization"):
			records = `{"Id":"00D1"}`
		case strings.Contains(q, "FROM AC_CtiAdapter__c"):
			records = `{"Id":"a1","Name":"One","Active__c":true},{"Id":"a2","Name":"Two","Active__c":true}`
		}
		_, _ = io.WriteString(w, `{"done":true,"records":[`+records+`]}`)
	}))
	t.Cleanup(server.Close)
	var c config.File
	c.Setup.CallCenter = config.DefaultCallCenter
	crm := salesforce.New(salesforce.Config{Session: salesforce.Session{InstanceURL: server.URL}})
	site := setup.Site{Platforms: setup.Platforms{CRM: crm}}
	found, err := recordRight(t.Context(), On{Config: c, Site: site, Steps: steps.For(c, site)})
	if err != nil || len(found) == 0 || found[0].Verdict != setup.Failed || !strings.Contains(found[0].Mend, "One, Two") {
		t.Errorf("found %+v, %v; want both records to be named as wrong", found, err)
	}
}

package checks

import (
	"context"
	"fmt"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/patchcord/patchcord/internal/plain"
	"github.com/patchcord/patchcord/setup"
)

// soundWithin is how long a ringtone's server may take to answer.
const soundWithin = 5 * time.Second

// ringtonesPlay asks for the sounds that the adapter record names, as a browser would. This machine may stand
// elsewhere than the agents': it only warns.
func ringtonesPlay(ctx context.Context, on On) ([]setup.Finding, error) {
	rows, err := adapterRecord[struct {
		Voice string `json:"Custom_Ringtone__c"`
		Chat  string `json:"Custom_Chat_Ringtone__c"`
	}](ctx, on, "Custom_Ringtone__c, Custom_Chat_Ringtone__c")
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	var found []setup.Finding
	for _, tone := range []struct{ field, address string }{
		{"Custom Ringtone", rows[0].Voice}, {"Custom Chat Ringtone", rows[0].Chat},
	} {
		if tone.address == "" {
			continue
		}
		if err := soundAnswers(ctx, tone.address); err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			found = append(found, setup.Finding{
				Verdict: setup.Warned, What: tone.field + " does not play: " + plain.Cause(err),
				Why:  "the phone may ring without a sound",
				Mend: "Enter the address of a sound file that every agent's browser can reach, or empty the field.",
			})
		}
	}
	if found == nil {
		found = []setup.Finding{passed("the phone rings")}
	}
	return found, nil
}

func soundAnswers(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, soundWithin)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil || req.URL.Scheme != "https" && req.URL.Scheme != "http" {
		return fmt.Errorf("%q is no web address", address)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", address, resp.Status)
	}
	kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err != nil || !strings.HasPrefix(kind, "audio/") && kind != "application/ogg" {
		return fmt.Errorf("%s is not told as a sound but as %q", address, resp.Header.Get("Content-Type"))
	}
	return nil
}

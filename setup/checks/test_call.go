package checks

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/patchcord/patchcord/internal/plain"
	"github.com/patchcord/patchcord/setup"
)

// Place places a call by SIP and gives how far it came: trying, ringing or answered, and why it ended.
type Place func(ctx context.Context, sip, to, from string) (reached, cause string, err error)

// Reason is what the adapter says of a call.
type Reason struct {
	Popped   bool
	Settled  bool   // it does not wait for anything any more
	Sentence string // why it popped or did not, as the adapter's pages say it
	Link     string // to the call on those pages
}

// Tell asks the adapter of the latest call since a moment, from a number ("" for any): false if there is none yet.
type Tell func(ctx context.Context, from string, since time.Time) (Reason, bool, error)

const (
	callCheck  = "test call"
	personCall = 2 * time.Minute // in which a person is to call
	lookEvery  = 500 * time.Millisecond
	settleIn   = 15 * time.Second // until it is known whether a call popped
)

// VerifyCall makes the test call, or has a person make it, and watches whether a softphone hears of it. ask tells a
// person what to do; nil when nobody is there. tell says why it popped or did not; nil where the adapter cannot be asked.
func VerifyCall(ctx context.Context, on On, place Place, ask func(string), tell Tell) ([]setup.Finding, error) {
	if on.Site.Number == "" {
		return one(setup.Failed, "the instance has no telephone number, or does not tell",
			"nobody can call it", "Claim a number in the contact centre and give it a contact flow."), nil
	}
	before, err := heard(ctx, on)
	if err != nil {
		return nil, err
	}
	since := time.Now().Add(-clockApart)
	if on.Config.Setup.Call.SIP == "" {
		found, err := askForCall(ctx, on, before, ask)
		return append(found, why(ctx, on, found, "", since, tell)...), err
	}
	if place == nil {
		return one(setup.Warned, "calls by SIP are not possible here",
			"setup.call.sip names a trunk", "Call "+on.Site.Number+" yourself."), nil
	}
	reached, cause, err := place(ctx, on.Config.Setup.Call.SIP, on.Site.Number, on.Config.Setup.Call.From)
	if err != nil {
		return one(setup.Failed, "the call to "+on.Site.Number+" by "+on.Config.Setup.Call.SIP+" did not go out: "+plain.Cause(err),
			"callers would hear nothing", "Check setup.call.sip."), nil
	}
	if reached == "trying" {
		return one(setup.Failed, "the contact centre did not take the call: "+cause,
			"callers would hear that too", "Look at the number's contact flow and its queue."), nil
	}
	found := []setup.Finding{{
		Check: callCheck, Verdict: setup.Passed,
		What: "the contact centre took a call to " + on.Site.Number + " (" + reached + ")",
	}}
	after, err := heard(ctx, on)
	if err != nil {
		return found, err
	}
	found = append(found, softphoneHeard(after > before))
	return append(found, why(ctx, on, found, on.Config.Setup.Call.From, since, tell)...), nil
}

// clockApart is how far the adapter's clock may be from this machine's.
const clockApart = 2 * time.Second

// why says of a call that a softphone heard of whether it popped, in the words of the adapter's pages.
func why(ctx context.Context, on On, found []setup.Finding, from string, since time.Time, tell Tell) []setup.Finding {
	if len(found) == 0 || found[len(found)-1] != softphoneHeard(true) {
		return nil
	}
	pages := on.Config.PublicURL + "/admin/calls"
	if tell == nil {
		return []setup.Finding{{
			Check: callCheck, Verdict: setup.Warned, What: "whether it popped was not asked",
			Why:  "the adapter does not run on this machine with the folder that data names, and PATCHCORD_TOKEN gives no token",
			Mend: "Look at the call there, or give a token from that page as PATCHCORD_TOKEN.", Link: pages,
		}}
	}
	reason, err := settled(ctx, from, since, tell)
	switch {
	case err != nil:
		return one(setup.Warned, "whether it popped could not be asked: "+plain.Line(err), "only the adapter knows", "Look at "+pages+".")
	case reason.Popped:
		return []setup.Finding{{Check: callCheck, Verdict: setup.Passed, What: "it popped: " + reason.Sentence}}
	}
	if reason.Sentence == "" {
		reason.Sentence = "the adapter has no call of it yet"
	}
	return []setup.Finding{{
		Check: callCheck, Verdict: setup.Warned, What: "it did not pop: " + reason.Sentence,
		Why: "so says the adapter; patchcord calls and its page say the same", Mend: "Look at what happened on the call, step by step.",
		Link: cmp.Or(reason.Link, pages),
	}}
}

// settled asks until a call waits for nothing any more, or for as long as that may take.
func settled(ctx context.Context, from string, since time.Time, tell Tell) (reason Reason, err error) {
	ctx, cancel := context.WithTimeout(ctx, settleIn)
	defer cancel()
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		latest, found, err := tell(ctx, from, since)
		switch {
		case err != nil && ctx.Err() == nil:
			return reason, err
		case err == nil && found:
			reason = latest
		}
		if reason.Settled {
			return reason, nil
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			return reason, nil
		}
	}
}

func one(v setup.Verdict, what, why, mend string) []setup.Finding {
	return []setup.Finding{{Check: callCheck, Verdict: v, What: what, Why: why, Mend: mend}}
}

func softphoneHeard(yes bool) setup.Finding {
	if yes {
		return setup.Finding{
			Check: callCheck, Verdict: setup.Passed, What: "a softphone heard of the call and told the adapter",
		}
	}
	return setup.Finding{
		Check: callCheck, Verdict: setup.Warned, What: "no softphone heard of the call: it waited in the queue",
		Why:  "a call pops only for an agent who is Available",
		Mend: "Sign an agent in, choose Available, and run patchcord setup verify --call again.",
	}
}

// askForCall has a person call, as on a real instance, and waits until a softphone hears of it.
func askForCall(ctx context.Context, on On, before float64, ask func(string)) ([]setup.Finding, error) {
	if ask == nil {
		return one(setup.Warned, "nobody is there to call "+on.Site.Number,
			"setup.call.sip names no trunk to call by", "Run it from a terminal, or call yourself."), nil
	}
	ask(fmt.Sprintf("Call %s from a telephone now; waiting two minutes for a softphone to hear of it.", on.Site.Number))
	ctx, cancel := context.WithTimeout(ctx, personCall)
	defer cancel()
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		select {
		case <-look.C:
			if now, err := heard(ctx, on); err == nil && now > before {
				return []setup.Finding{softphoneHeard(true)}, nil
			}
		case <-ctx.Done():
			return []setup.Finding{softphoneHeard(false)}, nil
		}
	}
}

// heard counts the events of voice contacts that softphones have told the adapter.
func heard(ctx context.Context, on On) (float64, error) {
	status, body, err := probe(ctx, on.Config.PublicURL+"/metrics")
	if err != nil || status != http.StatusOK {
		return 0, fmt.Errorf("metrics of the adapter: status %d: %w", status, err)
	}
	for line := range strings.Lines(body) {
		if text, ok := strings.CutPrefix(line, `patchcord_facts_total{source="connectVoiceContact"} `); ok {
			return strconv.ParseFloat(strings.TrimSpace(text), 64)
		}
	}
	return 0, nil // none so far
}

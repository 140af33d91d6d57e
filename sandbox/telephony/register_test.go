package telephony

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/leak"
)

func TestExpiredRegistrationsMakeRoom(t *testing.T) {
	leak.Check(t)
	x := listen(t)
	fill := func(expires time.Time) {
		x.mu.Lock()
		defer x.mu.Unlock()
		for i := range 1000 {
			x.contacts[fmt.Sprintf("+1206555%04d", i)] = contact{expires: expires}
		}
	}
	known := func(num string) bool {
		x.mu.Lock()
		defer x.mu.Unlock()
		_, ok := x.contacts[num]
		return ok
	}
	register := func(id, num string) int {
		t.Helper()
		message := invite(id, "", map[string]string{"To": "To: <sip:" + num + "@127.0.0.1>", "more": "Expires: 60\r\n"})
		return ask(t, "udp", x.SIPAddr(), strings.ReplaceAll(message, "INVITE", "REGISTER"), id)
	}
	fill(time.Now().Add(-time.Second))
	if got := register("expired", "+13105550177"); got != 200 || !known("+13105550177") {
		t.Errorf("among expired ones: %d", got)
	}
	fill(time.Now().Add(time.Hour))
	if got := register("full", "+13105550178"); got != 503 || known("+13105550178") {
		t.Errorf("among too many: %d", got)
	}
	if got := register("again", "+13105550177"); got != 200 {
		t.Errorf("one that is known: %d", got)
	}
}

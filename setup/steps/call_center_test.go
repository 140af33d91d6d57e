package steps

import (
	"strings"
	"testing"

	"github.com/patchcord/patchcord/setup"
)

// What somebody changed since, or deleted, is neither changed back nor brought again.
func TestACallCenterItemGoesBackOnlyWhileItIsOurs(t *testing.T) {
	file := func(height string) map[string]string {
		return map[string]string{callCenterFile("Desk"): `<CallCenter><sections><items><name>reqSoftphoneHeight</name><value>` +
			height + `</value></items></sections></CallCenter>`}
	}
	m := setup.Made{
		What: "Softphone Height of Desk", Before: "300", After: "570",
		Entry: CallCenterItem{CallCenter: "Desk", Item: "reqSoftphoneHeight"},
	}
	for _, tc := range []struct {
		name string
		have map[string]string
		want setup.Action
		says string
	}{
		{"still ours", file("570"), setup.Remove, "back to 300"},
		{"changed since", file("600"), setup.Nothing, "stays"},
		{"never made", file("300"), setup.Nothing, "stays"},
		{"without the item", map[string]string{callCenterFile("Desk"): "<CallCenter/>"}, setup.Nothing, "gone"},
		{"deleted", nil, setup.Nothing, "gone"},
	} {
		c, err := m.Entry.Undo(t.Context(), keeping(t, tc.have), m)
		if err != nil || c.Action != tc.want || !strings.Contains(c.What, tc.says) {
			t.Errorf("%s: %+v, %v; want %s", tc.name, c, err, tc.want)
		}
	}
}

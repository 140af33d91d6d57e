package outbound

import (
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// maxHosts bounds a list.
const maxHosts = 100

// Hosts are who may be asked: names, or *.names for all below one, with a port where it is not the scheme's own.
type Hosts []string

// ParseHosts reads a list that a person wrote, with spaces, commas or lines between. problems says which entries count for nothing, and
// why.
func ParseHosts(text string) (hosts Hosts, problems []string) {
	split := func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\n' || r == '\r' || r == '\t' }
	for _, entry := range strings.FieldsFunc(text, split) {
		if len(hosts) == maxHosts {
			return hosts, append(problems, fmt.Sprintf("only the first %d count", maxHosts))
		}
		host, err := parseHost(entry)
		if err != nil {
			problems = append(problems, fmt.Sprintf("%q is %v", entry, err))
			continue
		}
		hosts = append(hosts, host)
	}
	return hosts, problems
}

func parseHost(entry string) (string, error) {
	if strings.ContainsAny(entry, "/@?#") {
		return "", fmt.Errorf("no host: write api.example.com instead of an address")
	}
	u, err := url.Parse("//" + entry)
	if err != nil || u.Hostname() == "" {
		return "", fmt.Errorf("no host")
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return "", fmt.Errorf("no host with a port")
		}
	}
	name, below := strings.CutPrefix(u.Hostname(), "*.")
	if strings.Contains(name, "*") || below && !strings.Contains(name, ".") {
		return "", fmt.Errorf("too wide: write *.example.com")
	}
	if name, err = ascii(name); err != nil {
		return "", fmt.Errorf("no host: %w", err)
	}
	if below {
		name = "*." + name
	}
	return join(name, u.Port()), nil
}

// ascii is a host name as it is compared and looked up.
func ascii(name string) (string, error) {
	name = strings.TrimSuffix(strings.ToLower(name), ".")
	if ip, err := netip.ParseAddr(name); err == nil {
		return ip.Unmap().String(), nil
	}
	return idna.Lookup.ToASCII(name)
}

func join(name, port string) string {
	if strings.Contains(name, ":") {
		name = "[" + name + "]"
	}
	if port == "" {
		return name
	}
	return name + ":" + port
}

// Has says whether an address may be asked.
func (h Hosts) Has(u *url.URL) bool {
	name, err := ascii(u.Hostname())
	if err != nil {
		return false
	}
	port := u.Port()
	if port == map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		port = ""
	}
	for _, allowed := range h {
		base, below := strings.CutPrefix(allowed, "*.")
		given := join(name, port)
		if given == allowed || below && strings.HasSuffix(given, "."+base) {
			return true
		}
	}
	return false
}

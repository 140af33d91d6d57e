package identity

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/patchcord/patchcord/internal/secret"
)

// KeyVariable names the environment variable that may hold the key, as base64 of 32 bytes.
const KeyVariable = "PATCHCORD_KEY"

// Key seals tokens at rest (AES-256-GCM).
type Key struct {
	aead  cipher.AEAD
	print string
}

// NewKey takes 32 bytes.
func NewKey(raw []byte) (Key, error) {
	block, err := aes.NewCipher(raw)
	if err != nil {
		return Key{}, fmt.Errorf("key: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	mac := hmac.New(sha256.New, raw)
	_, _ = mac.Write([]byte("fingerprint of a key of Patchcord")) // never fails
	return Key{aead, hex.EncodeToString(mac.Sum(nil)[:fingerprint])}, err
}

// fingerprint is how many bytes of it are shown.
const fingerprint = 8

// Fingerprint tells keys apart, and nothing else of them.
func Fingerprint(k Key) string { return k.print }

// LoadKey takes the key from the environment, else from a file readable by its owner only, 32 bytes or their base64, which it makes when
// there is none.
// Without a file ("") a fresh key is used, and sealed tokens are lost with the process.
func LoadKey(file string) (Key, error) {
	if given := os.Getenv(KeyVariable); given != "" {
		raw, err := base64.StdEncoding.DecodeString(given)
		if err != nil || len(raw) != keySize {
			return Key{}, fmt.Errorf("%s must be 32 bytes in base64", KeyVariable)
		}
		return NewKey(raw)
	}
	if file == "" {
		return NewKey(random(keySize))
	}
	key, err := readKey(file)
	if !errors.Is(err, os.ErrNotExist) {
		return key, err
	}
	raw := random(keySize)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return Key{}, err
	}
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		return Key{}, err
	}
	return NewKey(raw)
}

// keySize is how many bytes a key has.
const keySize = 32

// readKey takes a file of 32 bytes, as they are or in base64.
func readKey(file string) (Key, error) {
	info, err := os.Stat(file)
	if err != nil {
		return Key{}, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return Key{}, fmt.Errorf("%s may be read by others; make it 0600", file)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return Key{}, err
	}
	if len(raw) != keySize {
		text := strings.TrimSpace(string(raw))
		if raw, err = base64.StdEncoding.DecodeString(text); err != nil || len(raw) != keySize {
			return Key{}, fmt.Errorf("%s must hold 32 bytes, as they are or in base64", file)
		}
	}
	return NewKey(raw)
}

// Seal encrypts; owner is bound to it, so that a sealed token cannot be moved to somebody else's row.
func (k Key) Seal(token secret.String, owner string) []byte {
	nonce := random(k.aead.NonceSize())
	return k.aead.Seal(nonce, nonce, []byte(token.Expose()), []byte(owner))
}

// Open decrypts what Seal gave for the same owner.
func (k Key) Open(sealed []byte, owner string) (secret.String, error) {
	n := k.aead.NonceSize()
	if len(sealed) < n {
		return "", errors.New("sealed token too short")
	}
	raw, err := k.aead.Open(nil, sealed[:n], sealed[n:], []byte(owner))
	return secret.String(raw), err
}

func random(n int) []byte {
	raw := make([]byte, n)
	_, _ = rand.Read(raw) // never fails
	return raw
}

// token is a fresh random text of 43 characters.
func token() string { return base64.RawURLEncoding.EncodeToString(random(32)) }

func hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

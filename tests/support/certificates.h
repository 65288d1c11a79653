#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace castboard::testing {

// A certificate authority as a studio has its own, made for one test.
class Authority {
 public:
  explicit Authority(const std::filesystem::path& directory, const std::string& name = "Studio CA")
      : directory_(directory), name_(name), key_(new_key()) {
    certificate_ = signed_certificate(name, key_.get(), {});
    write_certificate(file(), certificate_.get());
  }

  // What its users name as `ca_file`.
  [[nodiscard]] std::filesystem::path file() const { return directory_ / (name_ + ".pem"); }

  struct Issued {
    std::filesystem::path certificate;
    std::filesystem::path key;
  };
  // A server's certificate for `names`: "DNS:localhost,IP:127.0.0.1".
  [[nodiscard]] Issued issue(const std::string& file, const std::string& names) const {
    const Key key = new_key();
    const Certificate certificate = signed_certificate(file, key.get(), names);
    Issued issued{directory_ / (file + ".pem"), directory_ / (file + ".key")};
    write_certificate(issued.certificate, certificate.get());
    const File out = opened(issued.key);
    require(PEM_write_PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr));
    return issued;
  }

 private:
  template <class Thing, void (*Free)(Thing*)>
  struct Freed {
    void operator()(Thing* thing) const { Free(thing); }
  };
  using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
  using Certificate = std::unique_ptr<X509, Freed<X509, X509_free>>;
  struct Closed {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  using File = std::unique_ptr<std::FILE, Closed>;

  static void require(int done) {
    if (done <= 0) throw std::runtime_error("OpenSSL did not make the test's certificate");
  }
  static File opened(const std::filesystem::path& path) {
    File file(std::fopen(path.c_str(), "w"));
    require(file ? 1 : 0);
    return file;
  }
  static void write_certificate(const std::filesystem::path& path, X509* certificate) {
    require(PEM_write_X509(opened(path).get(), certificate));
  }
  static Key new_key() {
    Key key(EVP_EC_gen("P-256"));
    require(key ? 1 : 0);
    return key;
  }
  static void add_extension(X509* certificate, X509* issuer, int kind, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
    require(extension ? X509_add_ext(certificate, extension, -1) : 0);
    X509_EXTENSION_free(extension);
  }

  // Of the authority itself without `names`, else signed by it.
  [[nodiscard]] Certificate signed_certificate(const std::string& name, EVP_PKEY* key,
                                               const std::string& names) const {
    constexpr long kDay = 24L * 60 * 60;
    Certificate made(X509_new());
    X509* issuer = names.empty() ? made.get() : certificate_.get();
    require(X509_set_version(made.get(), 2));
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), names.empty() ? 1 : ++serial_);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -kDay);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), kDay);
    require(X509_set_pubkey(made.get(), key));
    require(X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_UTF8,
                                       reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1,
                                       0));
    require(X509_set_issuer_name(made.get(), X509_get_subject_name(issuer)));
    add_extension(made.get(), issuer, NID_basic_constraints,
                  names.empty() ? "critical,CA:TRUE" : "CA:FALSE");
    if (names.empty())
      add_extension(made.get(), issuer, NID_key_usage, "critical,keyCertSign,cRLSign");
    else
      add_extension(made.get(), issuer, NID_subject_alt_name, names.c_str());
    require(X509_sign(made.get(), key_.get(), EVP_sha256()));
    return made;
  }

  std::filesystem::path directory_;
  std::string name_;
  Key key_;
  Certificate certificate_;
  mutable long serial_ = 1;
};

}  // namespace castboard::testing

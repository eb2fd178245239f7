#include "platform/http_exchange.h"

#include <exception>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <openssl/ssl.h>

#include "platform/socket_path.h"

namespace anlan::platform {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace ssl = boost::asio::ssl;
using asio::use_awaitable;
using asio::ip::tcp;
using asio::local::stream_protocol;

using Outgoing = http::request<http::string_body>;

Outgoing message_of(const HttpPlace& place, const HttpRequest& request) {
  constexpr unsigned kHttp11 = 11;
  Outgoing out(http::string_to_verb(request.method), request.target, kHttp11);
  out.set(http::field::host,
          place.unix_socket.empty() ? place.host + ":" + place.port : "localhost");
  out.set(http::field::connection, "close");
  for (const HttpField& field : request.headers) out.set(field.name, field.value);
  out.body() = request.body;
  out.prepare_payload();
  return out;
}

HttpReply reply_of(http::response<http::string_body> in) {
  HttpReply reply{
      .status = static_cast<int>(in.result_int()), .headers = {}, .body = {}, .events = {}};
  for (const auto& field : in)
    reply.headers.push_back(
        {.name = std::string(field.name_string()), .value = std::string(field.value())});
  reply.body = std::move(in.body());
  return reply;
}

template <class Stream>
asio::awaitable<HttpReply> exchange(Stream& stream, const Outgoing& out) {
  co_await http::async_write(stream, out, use_awaitable);
  http::response_parser<http::string_body> parser;
  parser.body_limit(kReplyBytesMax);
  std::string bytes;
  auto buffer = asio::dynamic_buffer(bytes);
  co_await http::async_read(stream, buffer, parser, use_awaitable);
  co_return reply_of(parser.release());
}

asio::awaitable<void> connect(tcp::socket& socket, const HttpPlace& place) {
  tcp::resolver resolver(socket.get_executor());
  const auto found = co_await resolver.async_resolve(place.host, place.port, use_awaitable);
  co_await asio::async_connect(socket, found, use_awaitable);
  socket.set_option(tcp::no_delay(true));
}

asio::awaitable<HttpReply> converse(asio::io_context& io, const HttpPlace& place,
                                    const Outgoing& out) {
  if (!place.unix_socket.empty()) {
    const SocketPath path(place.unix_socket);
    if (!path.usable()) throw std::runtime_error("the path of the socket is too long");
    stream_protocol::socket socket(io);
    co_await socket.async_connect(stream_protocol::endpoint(path.text()), use_awaitable);
    co_return co_await exchange(socket, out);
  }
  if (!place.tls) {
    tcp::socket socket(io);
    co_await connect(socket, place);
    co_return co_await exchange(socket, out);
  }
  ssl::context context(ssl::context::tls_client);
  context.set_default_verify_paths();
  context.set_verify_mode(ssl::verify_peer);
  ssl::stream<tcp::socket> stream(io, context);
  stream.set_verify_callback(ssl::host_name_verification(place.host));
  SSL_set_tlsext_host_name(stream.native_handle(), place.host.c_str());
  co_await connect(stream.next_layer(), place);
  co_await stream.async_handshake(ssl::stream_base::client, use_awaitable);
  co_return co_await exchange(stream, out);
}

}  // namespace

HttpExchange send_http(const HttpPlace& place, const HttpRequest& request,
                       std::chrono::milliseconds time_max) {
  HttpExchange done{.reply = {}, .failure = "no reply in time"};
  const Outgoing out = message_of(place, request);
  try {
    asio::io_context io;
    asio::co_spawn(io, converse(io, place, out),
                   [&done](const std::exception_ptr& fault, HttpReply reply) {
                     if (fault) std::rethrow_exception(fault);
                     done = {.reply = std::move(reply), .failure = {}};
                   });
    io.run_for(time_max);
  } catch (const std::exception& fault) {
    done.failure = fault.what();
  }
  return done;
}

}  // namespace anlan::platform
